"""What customers and staff do with cases, and what the portal does by itself."""
