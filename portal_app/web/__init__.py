"""The HTTP edge: who is let in, and with which headers things leave."""
