"""What is done about a proposal: messages, documents, and asking for them."""
