"""Asking for changes of households, carrying them out, and grants."""
