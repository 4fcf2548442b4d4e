"""State behind the pages about schedules, payment methods and what happens next."""
