"""Pages that only staff see."""
