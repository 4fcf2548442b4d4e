"""The bare Reflex floor."""
