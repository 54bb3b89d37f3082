"""What is read from a bundle and stands outside of it."""
