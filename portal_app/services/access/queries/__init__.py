"""Reading who may get into the portal, and why others cannot."""
