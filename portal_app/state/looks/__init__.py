"""What the pages of the portal's looks show: theme, logo, texts, fields."""
