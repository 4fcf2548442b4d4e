"""Changes to rental requests: what customers ask for, and what the store decides."""
