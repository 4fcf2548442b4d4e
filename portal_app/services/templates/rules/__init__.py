"""What may stand in a message that staff word themselves, and how it is filled: pure functions."""
