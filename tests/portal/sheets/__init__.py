"""Sheets of acts."""
