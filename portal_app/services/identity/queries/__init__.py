"""Readings of people and their sign-ins."""
