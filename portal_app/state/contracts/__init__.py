"""State behind the pages about contracts, quotes and reservations."""
