"""Pages about statements and invoices."""
