"""Who reads, what shows that they are who they say, and what of it all they may see and is noted."""
