"""Inviting parties, letting them in, and keeping what they answer."""
