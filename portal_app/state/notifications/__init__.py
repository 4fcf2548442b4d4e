"""What people are told, and what was sent to them."""
