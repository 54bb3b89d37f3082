"""An honest decision is proven whichever of two close changes of the register it read; no old register passes."""

import json
from copy import copy
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from audit.bundle import Bundle
from audit.claims import Claim, Verdict
from audit.fold import fold
from audit.register import read_register
from tests import factories as f
from tests.audit.small_round import before_the_draw, judged
from tests.audit.tampering import Log, place, point
from tests.desk import uncounted
from tests.round_story import told
from tests.whole_round import bundled

MOMENT, HOUR, DAY = timedelta(milliseconds=1), timedelta(hours=1), timedelta(days=1)
NEWCOMER = f.person("newcomer-1", "expert")


def _drawn(folder: Path, change: str, offset: timedelta, *, seen: bool) -> Claim:
    """The claim about a draw, a change of the register dated away from it by so much, which it saw or did not."""
    made = before_the_draw(24)
    at = made.now + offset

    def happens() -> None:
        if change == "registered":
            made.register(NEWCOMER, at)
        else:
            made.erase("expert-1", at)

    if seen:
        happens()
    with uncounted():
        made.draw("main", pause=DAY)
    if not seen:
        happens()
    return judged(folder, made)["draw-inputs-follow"]


@pytest.mark.parametrize("change", ["registered", "erased"])
@pytest.mark.parametrize(
    ("offset", "seen"),
    [
        (-HOUR, True),
        (-MOMENT, True),
        (-MOMENT, False),  # not yet committed when the draw read
        (MOMENT, True),  # committed between the draw's date and its reading
        (MOMENT, False),
        (HOUR, True),  # the draw waited for the database, for an hour
        (HOUR, False),
    ],
)
def test_a_draw_is_proven_by_the_register_that_it_may_have_read(
    tmp_path: Path, change: str, offset: timedelta, seen: bool
) -> None:
    claim = _drawn(tmp_path, change, offset, seen=seen)
    assert claim.verdict is Verdict.PROVEN, claim


@pytest.mark.parametrize(
    ("change", "offset", "seen", "who"),
    [
        ("registered", -HOUR, False, "newcomer-1"),
        ("erased", -HOUR, False, "expert-1"),
        # After the draw was opened: it stood in the record by then.
        ("registered", DAY + HOUR, True, "newcomer-1"),
        ("erased", DAY + HOUR, True, "expert-1"),
    ],
)
def test_no_draw_is_proven_by_another_register(
    tmp_path: Path, change: str, offset: timedelta, seen: bool, who: str
) -> None:
    claim = _drawn(tmp_path, change, offset, seen=seen)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "draw-input-differs")
    assert claim.params["what"] == who


ACTS = [
    ("agent-bj", "list.recommended.v1", "actors-entitled", "not-entitled-to-act"),
    ("objector-1", "objection.raised.v1", "actors-entitled", "not-entitled-to-act"),
    ("host-0002", "application.submitted.v1", "actors-entitled", "not-entitled-to-act"),
    ("surveyor-2", "survey.team-appointed.v1", "recusals-kept", "not-registered"),
    ("examiner-1", "objection.examiners-appointed.v1", "recusals-kept", "not-registered"),
]


def _registered(folder: Path, person: str, type_: str, code: str, offset: timedelta) -> tuple[Claim, int]:
    """The claim about the told round, had a person been registered that long after their first act."""
    made = copy(told())
    told_of = (json.dumps([leaf.type, leaf.actor.person, leaf.data]) for leaf in made.log)
    at = next(seq for seq, said in enumerate(told_of) if f'"{type_}"' in said and f'"{person}"' in said)
    moved = [leaf for leaf in made.installation if leaf.data["person"] == person]
    others = [leaf for leaf in made.installation if leaf not in moved]
    later = [leaf.model_copy(update={"at": made.log[at].at + offset}) for leaf in moved[:1]]
    in_order = sorted([*others, *later], key=lambda leaf: leaf.at)
    made.installation = [leaf.model_copy(update={"version": n}) for n, leaf in enumerate(in_order, 1)]
    return judged(folder, made)[code], at


@pytest.mark.parametrize(("person", "type_", "code", "finding"), ACTS)
def test_who_was_registered_a_moment_after_their_acts_date_is_entitled_and_later_is_not(
    tmp_path: Path, person: str, type_: str, code: str, finding: str
) -> None:
    close, _ = _registered(tmp_path, person, type_, code, MOMENT)
    assert close.verdict is Verdict.PROVEN, close
    late, at = _registered(tmp_path, person, type_, code, 300 * DAY)
    assert (late.verdict, late.finding, late.point) == (Verdict.REFUTED, finding, point(at))


def _stood_by(folder: Path, log: Log, at: int) -> datetime | None:
    with Bundle(bundled(folder / "round.zip", told(), log)) as bundle:
        step = next(step for step in fold(bundle, read_register(bundle)) if step.seq == at)
        return step.record.stood_by(step)


def test_an_entry_stood_when_a_stream_went_on_behind_it_and_deadlines_tell_nothing(tmp_path: Path) -> None:
    log = told().log
    at = place(log, "list.recommended.v1", "unit-1")
    closed = log[place(log, "list.closed.v1", "unit-1")]
    of_0003 = [leaf for leaf in log[at:] if leaf.stream.endswith("/0003")]
    assert _stood_by(tmp_path, [*log[: at + 1], closed], at) is None
    taken, by_deadline, passed = of_0003[:3]
    assert by_deadline.data["command_id"].startswith("deadline/")
    assert _stood_by(tmp_path, [*log[: at + 1], taken, by_deadline], at) is None
    assert _stood_by(tmp_path, [*log[: at + 1], taken, by_deadline, passed], at) == passed.at
    unfit = passed.model_copy(update={"version": 1})
    assert _stood_by(tmp_path, [*log[: at + 1], taken, unfit], at) is None
