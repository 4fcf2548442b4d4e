"""What may be sent, where it stands, and what is looked at before it is kept."""
