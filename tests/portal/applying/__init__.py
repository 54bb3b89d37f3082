"""Applications as they are filled in: forms, drafts and files."""
