"""Bacajuga's machine: fetching, reading, keeping and scheduling. It never names an outlet."""

__version__ = "0.2.0"
