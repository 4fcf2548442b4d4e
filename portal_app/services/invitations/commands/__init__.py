"""Making links, ending them, and using them."""
