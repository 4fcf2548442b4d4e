"""Readings of schedules, methods, attempts, and what happens next."""
