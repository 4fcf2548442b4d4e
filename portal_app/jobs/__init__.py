"""Work done in the background; each job calls a service as the portal itself."""
