"""A white-label portal for the customers of a lender, a rental house or a warranty company."""
