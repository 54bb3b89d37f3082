"""Who may see what of a round, as far as several events share it; read selection/visibility/table.py first."""

OVERSEERS = "approver admin"
PUBLISHED = f"participant {OVERSEERS}"
