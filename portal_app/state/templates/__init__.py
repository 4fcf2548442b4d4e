"""What the pages of message templates show."""
