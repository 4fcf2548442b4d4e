"""Readings of the items on rent and of the requests about them."""
