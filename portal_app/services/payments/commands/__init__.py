"""Taking payments, and all that customers and staff may do about them."""
