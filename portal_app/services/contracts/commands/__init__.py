"""What is done with contracts."""
