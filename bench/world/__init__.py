"""The operator whom the portal is measured with: a million contracts, three customers to watch."""
