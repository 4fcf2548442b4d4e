"""Readings of changes: one's own, the staff's queue, and the rules of a brand."""
