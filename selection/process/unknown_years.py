"""Working days of years whose calendar is not sealed: what people begin waits for a choice (docs/decisions/0064)."""

from selection.refusals.refused import Refused


def refuse_unknown_years(years: tuple[int, ...]) -> None:
    """Raise Refused `calendar-unsealed` where a window or deadline would reach into such years."""
    if years:
        raise Refused("calendar-unsealed", years=", ".join(str(year) for year in years))
