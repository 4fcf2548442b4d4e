"""Household members, who can see one's data, and letting somebody act."""
