from audit.claims import Claim, Difference, Verdict, entry_at, not_provable, overall, prove, refute
from audit.report.report import ListedPlace, Report


def first(*claims: Claim) -> str:
    """The point that a report of these claims names first."""
    named = make_report(*claims).first_difference
    assert named is None or named.verdict is Verdict.REFUTED
    return named.point if named else ""


def make_report(*claims: Claim, places: tuple[ListedPlace, ...] = ()) -> Report:
    return Report(
        verdict=overall(claims),
        round="r",
        title={},
        rehearsal=False,
        redacted=False,
        engine="0",
        file="r.zip",
        sha256="",
        key="",
        fingerprint="",
        claims=claims,
        listed=(),
        places=places,
        counts={},
    )


def at(point: str, code: str = "a") -> Claim:
    return refute(code, "r", Difference(point, "version-skipped"))


def span(since: int, until: int) -> Claim:
    return refute("b", "r", Difference(f"r#{since}", "root-differs", first=str(since), last=str(until)))


def test_nothing_is_named_where_nothing_is_refuted() -> None:
    assert first() == ""
    assert first(prove("a", "r"), not_provable("b", "r", "no-key", "r#3")) == ""


def test_of_entries_the_earliest_is_named_and_of_spans_the_closest_before_it() -> None:
    assert first(at("r#9"), at("r#4"), at("r#7")) == "r#4"
    assert first(at("r#70"), span(0, 99), span(60, 79)) == "r#60"
    assert first(at("r#70"), span(80, 99)) == "r#70"
    assert first(span(0, 99), span(20, 39)) == "r#20"
    assert first(at("r#9"), at("installation#2"), at("w@x#1")) == "r#9"


def test_a_file_or_an_event_that_comes_first_is_named() -> None:
    assert first(prove("a", "r"), at("rules.json"), at("r#4")) == "rules.json"
    assert first(at("application/r/1@run#5"), at("r#4")) == "application/r/1@run#5"


def test_an_entry_is_told_from_an_event() -> None:
    assert entry_at("r#12") == ("r", 12)
    assert entry_at("application/r/1@run#12") is None
    assert entry_at("contents/a#b.json") is None
