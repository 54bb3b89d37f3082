"""The ladder by which people are reminded of what waits for them in an application, and others told."""
