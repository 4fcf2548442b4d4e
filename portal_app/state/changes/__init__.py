"""State behind the pages on which details are changed, decided about, and set up."""
