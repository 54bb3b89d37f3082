"""What a read raises besides the refusals of the core (selection/refusals) and the errors of the record (ledger)."""


class Hidden(Exception):
    """There is no such thing, or the subject may not see it; which of the two is told to nobody."""

    code = "hidden"
