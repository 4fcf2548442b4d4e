"""Pages for people who are invited."""
