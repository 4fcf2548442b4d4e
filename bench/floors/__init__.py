"""What a page costs at the least: one without JavaScript, one of bare Reflex."""
