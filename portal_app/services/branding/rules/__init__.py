"""A brand's palette, and the capabilities that can be switched."""
