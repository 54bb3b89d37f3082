"""Posts that change while a round runs: the audit follows them by itself, and finds who gave one to themselves."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import LOG, read_register
from audit.claims import Claim, Verdict
from audit.decisions.register_again import register_again
from selection.application.commands import PassCheck, ReplaceAgent, Withdraw
from selection.kernel.actor import Actor, Role
from selection.refusals.refused import Refused
from selection.round import commands as r, events as e
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import DAY, before_the_draw, judge_round
from tests.bundling import write_bundle
from tests.whole_round import WholeRound

CODE = "posts-changed-by-others"
NEW = f.actor("officer-3")


def change(made: WholeRound, actor: Actor = f.SUPERVISOR, **named: Any) -> None:
    told = {"post": "officers", "add": ["officer-3"], "remove": ["officer-1"], **named}
    made.round.act(r.ChangePost(reason=f.ref(), **told), actor)


def find_refutation(folder: Path, made: WholeRound, code: str = CODE) -> str:
    claim: Claim = judge_round(folder, made)[code]
    assert claim.verdict is Verdict.REFUTED
    return claim.finding


def cancel(made: WholeRound, actor: Actor) -> None:
    made.round.act(r.CancelRound(reason=f.ref()), actor)


def test_a_round_whose_officer_was_replaced_is_proven(tmp_path: Path) -> None:
    made = before_the_draw(10)
    change(made)
    with pytest.raises(Refused, match="not-entitled"):
        cancel(made, f.OFFICER)
    cancel(made, NEW)
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN


def test_an_act_of_who_was_replaced_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    change(made)
    monkeypatch.setattr("selection.round.preconditions._holds", lambda _state, _context: True)
    cancel(made, f.OFFICER)
    assert find_refutation(tmp_path, made, "actors-entitled") == "not-entitled-to-act"


def test_whoever_registers_people_and_gives_a_post_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = before_the_draw(10)
    made.register(f.person("supervisor-1", "supervisor", "admin"))
    with pytest.raises(Refused, match="registrar-appoints"):
        change(made)
    monkeypatch.setattr("selection.round.people.decide._refuse_registrar", lambda *_: None)
    change(made)
    assert find_refutation(tmp_path, made) == "post-by-registrar"


@pytest.mark.parametrize("through", ["themselves", "another"])
def test_who_registered_somebody_and_gives_them_a_post_later_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through: str
) -> None:
    """They gave up the administrator's role in between; `another` is an administrator whom they registered."""
    made = before_the_draw(10)
    made.register(f.person("supervisor-1", "supervisor", "admin"))
    by = f.actor("supervisor-1", "admin")
    if through == "another":
        made.register_staff(f.person("admin-8", "admin"), by)
    made.register_staff(
        f.person("officer-3", "officer"), by if through == "themselves" else f.actor("admin-8")
    )
    made.register_staff(f.person("admin-9", "admin"), f.actor("admin-1"))
    made.register_staff(f.person("supervisor-1", "supervisor"), f.actor("admin-1"))
    made.register_staff(f.person("officer-3", "officer"), f.actor("admin-1"))
    with pytest.raises(Refused, match="registrar-of-named"):
        change(made)
    monkeypatch.setattr("selection.round.people.decide.refuse_registrars", lambda *_: None)
    change(made)
    assert find_refutation(tmp_path, made) == "post-by-own-registrar"


@pytest.mark.parametrize(("signer", "found"), [("officer-1", "registered-by-colleague"), ("admin-1", "")])
def test_who_registers_a_colleague_anew_is_found(tmp_path: Path, signer: str, found: str) -> None:
    """Two officers who are administrators gave a supervisor another address, and a confidant acted as them."""
    made = before_the_draw(10)
    made.register(f.person("officer-1", "officer", "admin"))
    made.register_staff(f.person("supervisor-1", "supervisor"), f.actor(signer, Role.ADMIN))
    assert find_in_register(tmp_path, made) == found


@pytest.mark.parametrize(
    ("signer", "others", "named", "active", "found"),
    [
        ("officer-1", ("admin-3",), "admin-9", True, "administrator-by-staff"),
        ("officer-1", ("admin-3",), "admin-3", True, "administrator-by-staff"),
        ("officer-1", ("admin-3",), "admin-3", False, "administrator-by-staff"),
        ("officer-1", (), "admin-9", True, ""),
        ("officer-1", ("admin-3",), "officer-1", True, ""),
        ("admin-1", ("admin-3",), "admin-9", True, ""),
    ],
)
def test_who_makes_changes_or_stops_an_administrator_while_they_serve_is_found(
    tmp_path: Path, signer: str, others: tuple[str, ...], named: str, active: bool, found: str
) -> None:
    """Two officers had administrators made who serve nowhere, for what they may not register themselves."""
    made = before_the_draw(10)
    made.register(f.person("officer-1", "officer", "admin"))
    for name in others:
        made.register_staff(f.person(name, "admin"), f.actor("admin-1"))
    made.register_staff(f.person(named, "admin").with_(active=active), f.actor(signer, Role.ADMIN))
    assert find_in_register(tmp_path, made) == found


def find_in_register(folder: Path, made: WholeRound) -> str:
    """What is found when the installation's log is decided again beside the round's."""
    with Bundle(write_bundle(folder / "round.zip", made)) as bundle:
        claim = register_again(bundle, read_register(bundle)).claim(bundle.entries(LOG))
    return claim.finding if claim.verdict is Verdict.REFUTED else ""


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("less than a minute after", ""),
        ("more than a minute after", "registered-by-colleague"),
        ("after the end", ""),
        ("not yet in office", ""),
        ("themselves", ""),
        ("to stop them", ""),
    ],
)
def test_nobody_is_found_who_may_not_have_been_a_colleague_then(tmp_path: Path, way: str, found: str) -> None:
    made = before_the_draw(10)
    made.register(f.person("officer-1", "officer", "admin"))
    by, named = f.actor("officer-1", Role.ADMIN), f.person("supervisor-1", "supervisor")
    match way:
        case "less than a minute after" | "more than a minute after":
            named = f.person("supervisor-3", "supervisor")
            made.register_staff(named, f.actor("admin-1"))
            change(made, f.OPENER, post="supervisors", add=["supervisor-3"], remove=[])
            made.now += timedelta(seconds=50 if way.startswith("less") else 70)
        case "after the end":
            cancel(made, f.OPENER)
        case "to stop them":
            named = named.with_(active=False)
        case "not yet in office":
            named = f.person("supervisor-3", "supervisor")
        case _:
            named = f.person("officer-1", "officer", "admin")
    made.register_staff(named, by)
    assert find_in_register(tmp_path, made) == found


def test_who_registers_people_and_draws_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    made.register(f.person("officer-1", "officer", "admin"))
    with pytest.raises(Refused, match="registrar-draws"):
        made.draw("main")
    monkeypatch.setattr("selection.round.drawing.decide._refuse_registrar", lambda *_: None)
    made.draw("other")
    assert find_refutation(tmp_path, made, "draw-inputs-follow") == "drawn-by-registrar"


def test_an_agent_of_who_registered_them_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two officers, one of them an administrator, gave an application an agent of their own, who gave it up."""
    made = before_the_draw(10)
    host = made.people["applicant-1"].employer
    made.register(f.person("officer-1", "officer", "admin"))
    made.register(f.person("agent-9", "applicant", employer=host), by=f.actor("officer-1", "admin"))
    replace = ReplaceAgent(agent="agent-9", reason=f.ref())
    assert made.app("0001").refuse(replace, f.OFFICER) == "registrar-of-named"
    monkeypatch.setattr("selection.application.agents.decide.refuse_registrars", lambda *_: None)
    made.app("0001").act(replace, f.OFFICER)
    assert find_refutation(tmp_path, made, "agents-followed") == "agent-by-registrar"


def test_who_took_an_application_back_and_came_to_a_post_then_is_no_rival(tmp_path: Path) -> None:
    came = f.person("came-1", "applicant", "officer", employer="91-else")
    pool = [item for item in f.people().values() if "expert" not in item.roles]
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), [*pool, came])
    made.now += DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    bid = f.submit(field="tourism", host=f.unit(code="91-else"))
    made.app("0002").act(bid, f.actor("came-1", "applicant"))
    with pytest.raises(Refused, match="post-of-applicant"):
        change(made, add=["came-1"])
    made.app("0002").act(Withdraw(), f.actor("came-1", "applicant"))
    made.recommend("bj", "recommender-1", "0001")
    change(made, add=["came-1"])
    made.wait(f.deadline("recommendation") + DAY)
    made.app("0001").act(PassCheck(revision=1), f.actor("came-1", "officer"))
    assert findings(decide_again(tmp_path, made)) == []
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []


@pytest.mark.parametrize(
    ("named", "actor", "finding"),
    [
        ({"post": "admins", "add": ["supervisor-1"], "remove": []}, f.SUPERVISOR, "own-post-changed"),
        ({}, f.OPENER, "post-by-wrong-role"),
        ({"add": ["expert-1"]}, f.SUPERVISOR, "post-unregistered"),
        ({"add": []}, f.SUPERVISOR, "post-left-empty"),
        ({"add": [], "remove": ["officer-3"]}, f.SUPERVISOR, "post-not-held-before"),
        ({"add": ["officer-2"]}, f.SUPERVISOR, "post-held-before"),
        ({"post": "approvers", "level": "nowhere", "remove": []}, f.SUPERVISOR, "no-such-post"),
        (
            {"post": "approvers", "level": "ministry", "add": ["approver-1"], "remove": []},
            f.SUPERVISOR,
            "two-posts",
        ),
    ],
)
def test_what_the_core_would_refuse_is_found_where_it_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: dict[str, Any], actor: Actor, finding: str
) -> None:
    made = before_the_draw(10)
    standard: dict[str, Any] = {
        "post": "officers",
        "level": "",
        "add": ["officer-3"],
        "remove": ["officer-1"],
    }
    told = {**standard, **named}
    monkeypatch.setattr(
        "selection.round.decide.DECIDES",
        {r.ChangePost: lambda _state, command, _context: (_event(command),)},
    )
    made.round.act(r.ChangePost(reason=f.ref(), **told), actor)
    assert find_refutation(tmp_path, made) == finding


def _event(command: r.ChangePost) -> e.PostChanged:
    return e.PostChanged(
        post=command.post,
        level=command.level,
        added=command.add,
        removed=command.remove,
        reason=command.reason,
    )
