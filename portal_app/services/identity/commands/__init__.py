"""Changes to people's sign-ins."""
