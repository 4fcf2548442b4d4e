"""What a form is made of, how its answers are read, and the forms that come with the portal."""
