"""A made-up newsroom on loopback: five invented outlets that publish on a clock and know their own truth.

What `bacajuga demo` and the tests crawl. The machine never imports this; everything in it is invented.
"""
