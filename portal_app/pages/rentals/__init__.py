"""Pages about the items that customers have on rent."""
