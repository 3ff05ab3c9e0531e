"""Fetching: one URL in, one whole page or one named reason out. Polite and guarded by construction.

What is asked for, and what a page says, is decided elsewhere.
"""
