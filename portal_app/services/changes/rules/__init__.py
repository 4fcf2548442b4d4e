"""Which kinds of change there are, what may happen to a request, and what may be entered."""
