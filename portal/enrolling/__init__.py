"""Keys that are made in a page: asked for, read, and shown to be their person's."""
