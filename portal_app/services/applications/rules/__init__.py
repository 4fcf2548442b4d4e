"""What applications are called, what a party needs to be invited, and what a letter may say."""
