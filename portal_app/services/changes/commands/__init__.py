"""What is asked for, decided, applied and overtaken; each in one transaction."""
