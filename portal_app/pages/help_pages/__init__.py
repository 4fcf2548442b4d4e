"""Pages that answer questions."""
