"""Hundreds of rounds led by chance: what must hold in every one, and that a rule broken on purpose shows."""
