"""What counts as a good password, a right code and a known identifier."""
