"""Addresses for the operator's own systems."""
