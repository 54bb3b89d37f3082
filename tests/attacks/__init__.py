"""Attacks that a review found, each seen to succeed on the code before it was refused. One file per thing attacked."""
