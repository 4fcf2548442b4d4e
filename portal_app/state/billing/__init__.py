"""State behind the pages about balances, statements and invoices."""
