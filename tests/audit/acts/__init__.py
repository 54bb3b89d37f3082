"""Who did what, signed and refused."""
