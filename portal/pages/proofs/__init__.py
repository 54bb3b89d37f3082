"""What anybody checks: receipts, papers, and checkpoints."""
