"""State behind what people agreed to, for customers and for staff."""
