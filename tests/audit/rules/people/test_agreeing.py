"""Posts that two people of different posts agreed on: each rule of it, broken on purpose, is found at its entry."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.decision.aggregate import Event, event_of
from selection.kernel.actor import Actor, Role
from selection.refusals.refused import Refused
from selection.round import commands as r, events as e
from selection.round.people import agreeing
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import DAY, before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, drop, insert, later, place, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.signatures import Signatures
from tests.whole_round import WholeRound

AGREED, CHANGED = "posts-agreed-on", "posts-changed-by-others"
ENTRY, CHANGE = "round.post-change-entered.v1", "round.post-changed.v1"
DECLINED = "round.post-change-declined.v1"
WHY = {"id": f.ref().id, "sha256": f.ref().sha256}


def enter(made: WholeRound, by: Actor = f.OFFICER, **named: Any) -> None:
    told = {"post": "officers", "add": ["officer-3"], "remove": ["officer-2"], **named}
    made.round.act(r.AgreeOnPost(reason=f.ref(), **told), by)


def wait(made: WholeRound) -> None:
    made.wait(made.round.state.post_entries[-1].start)


def agree(made: WholeRound) -> WholeRound:
    enter(made)
    wait(made)
    enter(made, f.SUPERVISOR)
    return made


@cache
def make_agreed() -> WholeRound:
    with pause_counting():
        return agree(before_the_draw(10))


def judge(folder: Path, made: WholeRound, code: str, log: Log | None = None) -> Claim:
    with Bundle(write_bundle(folder / "round.zip", made, log)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == code)


def test_a_round_whose_posts_two_agreed_on_is_proven_and_decided_again(tmp_path: Path) -> None:
    made = deepcopy(make_agreed())
    enter(made, f.actor("approver-1"), post="auditors", add=[], remove=["auditor-1"])
    made.round.act(r.DeclinePostChange(number=2, reason=f.ref()), f.SUPERVISOR)
    made.round.act(r.CancelRound(reason=f.ref()), f.actor("officer-3"))
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[AGREED].verdict is claims[CHANGED].verdict is Verdict.PROVEN
    assert findings(decide_again(tmp_path, made)) == []


def _insert(log: Log, type_: str, by: Actor, **data: Any) -> Log:
    """The log with one more entry between the two that agreed."""
    at = place(log, CHANGE)
    return insert(log, at, type_, by, {"reason": WHY, **data}, like=place(log, ENTRY))


def _another_entry(log: Log) -> Log:
    """The first one entered something else since."""
    first = log[place(log, ENTRY)].data
    named = {name: first[name] for name in ("post", "level", "start", "until", "added")}
    return _insert(log, ENTRY, f.OFFICER, number=2, removed=[], **named)


def _another_post(log: Log) -> Log:
    named = {"post": "auditors", "level": "", "added": [], "removed": ["auditor-1"]}
    return _insert(log, CHANGE, f.SUPERVISOR, **named)


TAMPERED: dict[str, tuple[Callable[[Log], Log], str]] = {
    "within an hour": (
        lambda log: later(log, place(log, CHANGE), -timedelta(days=3)),
        "post-agreed-out-of-time",
    ),
    "after years": (
        lambda log: later(log, place(log, CHANGE), timedelta(days=800)),
        "post-agreed-out-of-time",
    ),
    "days moved": (lambda log: with_data(log, place(log, ENTRY), start=WINDOW), "post-entry-window"),
    "last day moved": (lambda log: with_data(log, place(log, ENTRY), until=WINDOW), "post-entry-window"),
    "one name more": (
        lambda log: with_data(log, place(log, CHANGE), added=["officer-3", "officer-4"]),
        "post-agreed-otherwise",
    ),
    "another removed": (lambda log: with_data(log, place(log, CHANGE), removed=[]), "post-agreed-otherwise"),
    "another post": (
        lambda log: with_data(log, place(log, CHANGE), post="auditors"),
        "post-agreed-otherwise",
    ),
    "nobody entered": (lambda log: drop(log, place(log, ENTRY)), "no-post-entry"),
    "declined": (lambda log: _insert(log, DECLINED, f.actor("officer-2"), number=1), "no-post-entry"),
    "taken back": (lambda log: _insert(log, DECLINED, f.OFFICER, number=1), "no-post-entry"),
    "given up for another": (_another_entry, "no-post-entry"),
    "a post changed since": (_another_post, "no-post-entry"),
    "the same person": (lambda log: change_actor(log, place(log, CHANGE), f.OFFICER), "post-agreed-by-one"),
    "the same person with two posts": (
        lambda log: change_actor(log, place(log, CHANGE), f.actor("officer-1", Role.APPROVER)),
        "post-agreed-by-one",
    ),
    "with one who holds no post": (
        lambda log: change_actor(log, place(log, ENTRY), f.actor("officer-3")),
        "post-agreed-with-who-left",
    ),
    "two officers": (
        lambda log: change_actor(log, place(log, CHANGE), f.actor("officer-2")),
        "post-agreed-by-one",
    ),
    "declined by another approver": (
        lambda log: _insert(log, DECLINED, f.actor("approver-1"), number=1),
        "post-entry-declined-by-another",
    ),
    "declined what nobody entered": (
        lambda log: _insert(log, DECLINED, f.SUPERVISOR, number=7),
        "no-post-entry",
    ),
    "misnumbered": (lambda log: with_data(log, place(log, ENTRY), number=2), "post-entry-misnumbered"),
}
WINDOW = "2024-01-01T00:00:00Z"


@pytest.mark.parametrize(("tamper", "finding"), TAMPERED.values(), ids=TAMPERED)
def test_a_post_that_two_did_not_agree_on_so_is_found(
    tmp_path: Path, tamper: Callable[[Log], Log], finding: str
) -> None:
    claim = judge(tmp_path, make_agreed(), AGREED, tamper(make_agreed().log))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


def test_two_approvers_who_agreed_on_an_approver_are_found(tmp_path: Path) -> None:
    with pause_counting():
        made = before_the_draw(10)
    made.register(f.person("approver-4", "approver"))
    named = {"post": "approvers", "level": "ministry", "add": ["approver-4"], "remove": []}
    enter(made, f.actor("approver-1"), **named)
    wait(made)
    enter(made, f.OFFICER, **named)
    assert judge(tmp_path, made, AGREED).verdict is Verdict.PROVEN
    forged = change_actor(made.log, place(made.log, CHANGE), f.actor("approver-2"))
    claim = judge(tmp_path, made, AGREED, forged)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-agreed-by-one")


SUBSTITUTE = f.OFFICER.with_(behalf="officer-2")
ENTERED: dict[str, tuple[dict[str, Any], str]] = {
    "themselves": ({"removed": ["officer-1"]}, "own-post-changed"),
    "nobody": ({"added": [], "removed": []}, "no-such-post"),
    "not registered": ({"added": ["expert-1"]}, "post-unregistered"),
    "held already": ({"added": ["officer-2"], "removed": []}, "post-held-before"),
    "not held": ({"removed": ["officer-3"]}, "post-not-held-before"),
    "too few": ({"added": []}, "post-left-empty"),
    "another post": (
        {"post": "approvers", "level": "ministry", "added": ["approver-1"], "removed": []},
        "two-posts",
    ),
}


@pytest.mark.parametrize(("data", "finding"), ENTERED.values(), ids=ENTERED)
def test_what_stands_against_a_change_is_found_at_the_first_entry(
    tmp_path: Path, data: dict[str, Any], finding: str
) -> None:
    log = make_agreed().log
    claim = judge(tmp_path, make_agreed(), CHANGED, with_data(log, place(log, ENTRY), **data))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)
    assert claim.point == f"{f.ROUND}#{place(log, ENTRY)}"


@pytest.mark.parametrize("which", [ENTRY, CHANGE])
def test_an_entry_of_who_stood_in_for_another_is_found(tmp_path: Path, which: str) -> None:
    log = make_agreed().log
    claim = judge(tmp_path, make_agreed(), CHANGED, change_actor(log, place(log, which), SUBSTITUTE))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-by-substitute")


@pytest.mark.parametrize("how", ["deactivated", "administrator", "registrar"])
def test_an_entry_of_who_could_not_enter_it_any_more_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    made = before_the_draw(10)
    if how == "registrar":
        made.register(f.person("officer-1", "officer", "admin"))
        made.register_staff(f.person("officer-3", "officer"), f.actor("officer-1", Role.ADMIN))
        made.register_staff(f.person("admin-9", "admin"), f.actor("admin-1"))
        made.register_staff(f.person("officer-1", "officer"), f.actor("admin-1"))
        with pytest.raises(Refused, match="registrar-of-named"):
            enter(made)
        monkeypatch.setattr("selection.round.people.decide.refuse_registrars", lambda *_: None)
    enter(made)
    wait(made)
    if how == "deactivated":
        made.register(f.person("officer-1", "officer", active=False))
    if how == "administrator":
        made.register(f.person("officer-1", "officer", "admin"))
    ripe = deepcopy(made)
    enter(ripe, f.SUPERVISOR)
    assert isinstance(_last(ripe), e.PostChangeEntered), "in the core it counts no more"
    monkeypatch.setattr(agreeing, "_completes", lambda *_: True)
    enter(made, f.SUPERVISOR)
    assert isinstance(_last(made), e.PostChanged)
    finding = "post-agreed-with-who-left" if how == "deactivated" else "post-agreed-with-registrar"
    claim = judge(tmp_path, made, AGREED)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


def _last(made: WholeRound) -> Event:
    return event_of(made.log[-1])


@pytest.mark.parametrize("by", [f.OFFICER, f.SUPERVISOR, f.actor("approver-1")], ids=lambda by: by.person)
def test_one_signed_entry_that_changes_a_post_by_itself_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: Actor
) -> None:
    """One signature is enough for an entry; it must not pass for a change, of which two sign each."""
    people = [item for item in f.people().values() if "expert" not in item.roles]
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people, Signatures())
    made.now += DAY
    monkeypatch.setattr(agreeing, "_enter", lambda _state, change, _context: change)
    enter(made, by)
    claim = judge(tmp_path, made, AGREED)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-agreed-by-one")


def test_where_everybody_signs_two_entries_are_proven(tmp_path: Path) -> None:
    people = [item for item in f.people().values() if "expert" not in item.roles]
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people, Signatures())
    made.now += DAY
    claims = judge_round(tmp_path, agree(made))
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[AGREED].verdict is Verdict.PROVEN
