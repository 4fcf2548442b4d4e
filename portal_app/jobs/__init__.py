"""Work in the background: an engine in the portal's own database, and one module per job."""
