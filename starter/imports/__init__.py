"""What each import's table holds, and what its rows become."""
