"""Letting customers into the portal, and keeping them out."""
