"""Readings of forms."""
