"""What is done with statements and invoices."""
