"""Readings of applications."""
