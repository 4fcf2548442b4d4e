"""Pages on which customers come into an application and fill it in."""
