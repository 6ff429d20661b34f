"""Measures, on a PostgreSQL of its own, what claims to be fast.

Every figure is a ratio between two things timed in turns in one run, or an exact count:
a time by itself says more about the machine than about the product.
"""
