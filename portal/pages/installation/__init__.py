"""Pages of whoever looks after an installation."""
