"""Readings of brands."""
