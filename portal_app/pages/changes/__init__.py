"""A person's own details, and how they are changed."""
