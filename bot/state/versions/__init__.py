"""Versions of the tables, one file each, in the order of their names. A released one is never changed."""
