"""State behind the pages on which staff see to payments."""
