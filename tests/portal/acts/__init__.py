"""One act from its page to its receipt: prepared, signed, alone, together or by two."""
