"""State behind the pages on which people sign in and look after their sign-in."""
