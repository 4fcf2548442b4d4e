"""State behind the staff pages about customers and their way into the portal."""
