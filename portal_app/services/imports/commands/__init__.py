"""How a feed is read and written, from the folder to the batch."""
