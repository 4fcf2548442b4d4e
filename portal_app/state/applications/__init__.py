"""State behind the pages of applications, for customers and for staff."""
