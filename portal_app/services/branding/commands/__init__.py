"""Changes to what a brand has set, and to how it looks."""
