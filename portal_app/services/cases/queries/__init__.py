"""Readings of cases: lists, one with its conversation, the form, the staff's queue."""
