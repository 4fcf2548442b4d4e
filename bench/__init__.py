"""Measures the portal beside two bare floors: `python -m bench`, or `make bench`."""
