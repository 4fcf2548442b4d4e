"""Reads of the ledger and of invoices."""
