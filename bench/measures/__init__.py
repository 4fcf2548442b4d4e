"""What is measured. Each module's `measure` returns samples by the name under which they stand."""
