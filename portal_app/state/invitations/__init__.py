"""State behind the pages of invitations, for who is invited and for staff."""
