"""The portal under measurement: a record that is full, people who ask at once, experts who sign."""
