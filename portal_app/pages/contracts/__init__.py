"""Pages about contracts, quotes and reservations, and what is held about a customer."""
