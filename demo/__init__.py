"""The demo: a small world of believable customers, written as an ordinary feed."""
