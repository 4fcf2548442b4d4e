"""Readings of templates."""
