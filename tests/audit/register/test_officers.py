"""Who settles letters and records papers: the audit reads off the round's log who was its officer when."""

from datetime import timedelta
from pathlib import Path

from audit.bundle.reader import Bundle
from audit.decisions.officers import BESIDE, Officers, read_officers
from selection.kernel.leaf import Leaf
from selection.round.commands import ChangePost
from tests import factories as f
from tests.audit.support.small_round import before_the_draw
from tests.bundling import write_bundle

FIRST, THEN = ("officer-1", "officer-2"), ("officer-2", "officer-3")
CHANGED = f.OPENED + f.DAY
KNOWN = Officers([(f.OPENED, FIRST), (CHANGED, THEN)])


def find_at(like: Leaf, after: timedelta) -> tuple[str, ...]:
    at = CHANGED + after
    return KNOWN.find(like.with_(at=at, recorded=at))


def test_who_came_and_who_left_are_officers_of_what_was_decided_beside_the_change_alone() -> None:
    like = before_the_draw(10).log[0]
    assert find_at(like, -2 * BESIDE) == FIRST
    assert find_at(like, timedelta()) == ("officer-1", "officer-2", "officer-3")
    assert find_at(like, 2 * BESIDE) == THEN


def test_they_are_read_off_the_round(tmp_path: Path) -> None:
    made = before_the_draw(10)
    sealed = made.log[-1]
    made.now += f.DAY
    change = ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref())
    made.round.act(change, f.SUPERVISOR)
    made.round.act(ChangePost(post="auditors", remove=("auditor-1",), reason=f.ref()), f.SUPERVISOR)
    later = made.log[-1].recorded + f.DAY
    with Bundle(write_bundle(tmp_path / "round.zip", made)) as bundle:
        found = read_officers(bundle)
    assert found.find(sealed) == FIRST
    assert found.find(sealed.with_(at=later, recorded=later)) == THEN
