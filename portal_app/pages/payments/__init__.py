"""Pages about schedules and payment methods."""
