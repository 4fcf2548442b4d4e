"""The way of a file from a browser into the private store."""
