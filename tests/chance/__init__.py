"""Rounds as chance leads them: by a seed, people are late, silent, in conflict or change their minds."""
