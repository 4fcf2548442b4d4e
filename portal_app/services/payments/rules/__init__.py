"""The missed-payment policy, what it means for somebody, and in which words it is told."""
