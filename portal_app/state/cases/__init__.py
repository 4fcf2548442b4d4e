"""State behind the pages of cases, for customers and for staff."""
