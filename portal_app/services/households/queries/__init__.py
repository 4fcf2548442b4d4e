"""What heads, members, representatives and staff read."""
