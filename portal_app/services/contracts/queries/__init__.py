"""Reads of accounts and contracts."""
