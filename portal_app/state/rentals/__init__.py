"""State behind the pages about items on rent."""
