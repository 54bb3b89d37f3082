"""The papers of a round made from what their reader may see: each is built from the read service's views alone."""
