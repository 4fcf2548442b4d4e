"""Building forms."""
