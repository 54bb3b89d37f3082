"""Many applications of one person from one table: where it is sent, and each row as it would be handed in."""
