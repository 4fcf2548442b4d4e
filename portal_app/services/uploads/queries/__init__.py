"""Files for those who look at them."""
