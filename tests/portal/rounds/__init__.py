"""Desks and boards of rounds."""
