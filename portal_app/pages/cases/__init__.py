"""A customer's cases: the list, a new one, and one with its conversation."""
