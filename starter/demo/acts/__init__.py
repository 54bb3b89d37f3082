"""What the people of the example do, stage by stage, and how they choose."""
