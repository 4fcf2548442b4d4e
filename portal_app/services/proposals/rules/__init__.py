"""What documents prove, and where one that was asked for may go."""
