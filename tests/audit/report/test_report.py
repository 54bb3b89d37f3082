import pytest

from audit.claims import Claim, Difference, Verdict, entry_at, not_provable, overall, prove, refute
from audit.log.checkpoints import COSIGNED
from audit.log.time_stamps import CODE as STAMPED
from audit.report.html import mark_of
from audit.report.report import ListedPlace, Report
from audit.report.sentences import say_limits, say_overall, say_verdict


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


SIZE = 12


def make_log_report(*claims: Claim) -> Report:
    return make_report(prove("a", "r", 3), *claims).model_copy(update={"counts": {"entries r": SIZE}})


def test_without_anybody_outside_a_proof_vouches_for_no_time() -> None:
    alone = make_log_report()
    assert say_overall(alone, "en").startswith("Every claim is proven, but nobody outside vouches for when")
    assert say_overall(alone, "zh").startswith("全部主张均已证明，但时间无外部佐证")
    assert "says so. Witnesses who cosigned the round's log as it is here: none." in say_limits(alone, "en")


@pytest.mark.parametrize(
    ("claim", "vouched"),
    [
        (prove(COSIGNED, "r", SIZE, witness="w.example"), True),
        (prove(COSIGNED, "installation", SIZE, witness="w.example"), False),
        (prove(STAMPED, "r", 1, at="2024-08-29", size=str(SIZE)), True),
        (prove(STAMPED, "r", 1, at="2024-08-29", size="3"), False),
        (prove(STAMPED, "installation", 1, at="2024-08-29", size=str(SIZE)), False),
    ],
)
def test_who_covers_the_rounds_log_to_its_end_vouches_for_when(claim: Claim, vouched: bool) -> None:
    report = make_log_report(claim)
    assert report.vouched is vouched
    assert ("nobody outside" in say_overall(report, "en")) is not vouched
    named = vouched and claim.code == COSIGNED
    assert say_limits(report, "zh").endswith("见证人：w.example。" if named else "见证人：无。")


def test_a_claim_with_nothing_to_look_at_is_not_called_proven() -> None:
    idle, looked = prove("a", "r"), prove("a", "r", 1)
    assert [say_verdict(idle, lang) for lang in ("en", "zh")] == [
        "nothing of this kind occurred",
        "未发生此类事项",
    ]
    assert (say_verdict(looked, "en"), say_verdict(not_provable("a", "r", "no-key"), "en")) == (
        "proven",
        "not provable",
    )
    assert (mark_of(idle), mark_of(looked)) == ("–", "✓")
