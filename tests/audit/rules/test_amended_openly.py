"""Rules that changed while a round ran: the audit follows them by itself, and finds what was changed out of order."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from audit.rules.amending import table as own
from audit.rules.amending.table import QUOTA, field_at
from selection.kernel.actor import Actor
from selection.refusals.refused import Refused
from selection.round import commands as r, events as e
from selection.round.amending_rules.table import AMENDABLE, find_top
from selection.round.state import RoundState
from selection.rules.changing.amendments import read_value
from selection.rules.model import rules_hash
from selection.rules.sections import ApprovalLevel
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import place, with_data
from tests.chance.acting import CLIMBING
from tests.chance.rounds import RandomRound
from tests.whole_round import WholeRound

CODE = "rules-amended-openly"
APPROVER = f.actor("approver-1")
PATH, BEFORE, AFTER = "panel.max_load", "12", "15"


def enter(made: WholeRound, **named: Any) -> None:
    told = {"path": PATH, "before": BEFORE, "after": AFTER, **named}
    made.round.act(r.AmendRules(reason=f.ref("why"), **told), f.OFFICER)


def agree(made: WholeRound, actor: Actor = APPROVER, ruling: Any = "agreed") -> None:
    made.round.act(r.RuleOnAmendment(number=1, ruling=ruling, reason=f.ref("consent")), actor)


class AmendedRound(RandomRound):
    """A round by one seed in which a field of the rules changes before each of its first stages."""

    def _amend(self, path: str, after: str) -> None:
        state = self.made.round.state
        before = read_value(state.rules_in_force, path) or ""
        if state.stage.value in (field_at(path) or QUOTA).stages and not state.batch:
            self.made.round.act(
                r.AmendRules(path=path, before=before, after=after, reason=f.ref("why")), f.OFFICER
            )
            number = self.made.round.state.entered_amendments
            agreed = r.RuleOnAmendment(number=number, ruling="agreed", reason=f.ref("consent"))
            for approver in (APPROVER, f.actor("approver-2"), f.actor("approver-3")):
                with suppress(Refused):
                    self.made.round.act(agreed, approver)

    def _intake(self) -> None:
        self._amend("recommenders.unit-1.quota", "3")
        self._amend("panel.seats", "5")
        super()._intake()

    def _check(self) -> None:
        self._amend("days.mend", "11")
        super()._check()

    def _panels(self) -> None:
        self._amend("days.review_after_invitation", "20")
        super()._panels()

    def _shortlist(self) -> None:
        self._amend("days.notice", "8")
        super()._shortlist()
        self._amend("places", "4")


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 4])
def test_a_round_led_by_chance_in_which_rules_change_is_proven_and_follows(tmp_path: Path, seed: int) -> None:
    made = AmendedRound(seed, **CLIMBING).run()
    assert len(made.round.state.amendments) >= 3
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert findings(decide_again(tmp_path, made)) == []


def find_refutation(folder: Path, made: WholeRound) -> str:
    claim = judge_round(folder, made)[CODE]
    assert claim.verdict is Verdict.REFUTED
    return claim.finding


def test_a_round_that_was_amended_is_proven_and_goes_by_the_amended_rules(tmp_path: Path) -> None:
    made = before_the_draw(10)
    enter(made)
    agree(made)
    made.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN
    assert made.round.state.current.panel.max_load == int(AFTER)


def test_so_is_one_in_which_it_was_declined(tmp_path: Path) -> None:
    made = before_the_draw(10)
    enter(made)
    agree(made, ruling="declined")
    assert judge_round(tmp_path, made)[CODE].verdict is Verdict.PROVEN


def test_the_two_tables_are_the_same() -> None:
    stages = {item.path: tuple(stage.value for stage in item.stages) for item in AMENDABLE}
    for item in AMENDABLE:
        found = own.field_at(item.path)
        assert found is not None
        assert stages[item.path] == found.stages
        assert (found.shrinks, tuple(found.touches.split())) == (item.way == "either", item.touches)
        assert found.decides == item.decides
        assert (
            found.draws
            == {"": "", "undrawn": "any", "no-draw-waiting": "waiting", "cut-closed": "cut"}[item.needs]
        )
    assert len(AMENDABLE) == len(own.FIELDS) + 2


def make_rules_amended(made: WholeRound, **told: Any) -> e.RulesAmended:
    """An amendment as it would have been, but for what is told."""
    path, after = told.get("path", PATH), told.get("after", AFTER)
    waiting, amended = made.round.state.waiting_amendment, made.round.state.rules_in_force
    if path == PATH:
        amended = amended.with_(panel=amended.panel.with_(max_load=int(after)))
    standard: dict[str, Any] = {
        "number": 1,
        "path": PATH,
        "before": BEFORE,
        "after": AFTER,
        "entered_by": "officer-1",
        "approver": "approver-1",
        "reason": waiting.reason,
        "consent": f.ref("consent"),
        "touches": ("expert",),
        "again": (),
        "amended_hash": rules_hash(amended),
    }
    return e.RulesAmended(**{**standard, **told})


@pytest.mark.parametrize(
    ("told", "actor", "finding"),
    [
        ({}, f.actor("officer-2", "officer"), "amended-by-wrong-role"),
        ({}, f.actor("officer-1", "approver"), "amended-alone"),
        ({"number": 2}, APPROVER, "amendment-not-entered"),
        ({"after": "99"}, APPROVER, "amended-otherwise"),
        ({"approver": "approver-2"}, APPROVER, "amended-otherwise"),
        ({"touches": ()}, APPROVER, "others-touched"),
        ({"again": ("commit-draw",)}, APPROVER, "others-asked"),
        ({"amended_hash": "0" * 64}, APPROVER, "amended-hash-differs"),
    ],
)
def test_what_the_core_would_refuse_in_agreeing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], actor: Actor, finding: str
) -> None:
    made = before_the_draw(10)
    enter(made)
    event = make_rules_amended(made, **told)
    decided = {r.RuleOnAmendment: lambda _state, _command, _context: (event,)}
    monkeypatch.setattr("selection.round.decide.DECIDES", decided)
    monkeypatch.setattr("selection.round.preconditions._holds", lambda _state, _context: True)
    monkeypatch.setattr("selection.round.decide.refuse_unentitled", lambda _state, _act, _context: None)
    agree(made, actor)
    assert find_refutation(tmp_path, made) == finding


@pytest.mark.parametrize(
    ("told", "finding"),
    [
        ({"path": "criteria.0.weight"}, "field-never-changes"),
        ({"path": "panel"}, "field-never-changes"),
        ({"path": "recommenders.bj.quota", "before": "none", "after": "9"}, "amended-out-of-stage"),
        ({"before": "11"}, "amended-from-other"),
        ({"after": "9"}, "amended-downwards"),
        ({"path": "places", "before": "2", "after": "2"}, "amended-unclear"),
        ({"path": "places", "before": "2", "after": "0"}, "amended-unsound"),
    ],
)
def test_what_the_core_would_refuse_in_entering_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], finding: str
) -> None:
    made = before_the_draw(10)
    named = {"path": PATH, "before": BEFORE, "after": AFTER, **told}
    event = e.AmendmentEntered(number=1, reason=f.ref("why"), **named)
    decided = {r.AmendRules: lambda _state, _command, _context: (event,)}
    monkeypatch.setattr("selection.round.decide.DECIDES", decided)
    enter(made, **told)
    assert find_refutation(tmp_path, made) == finding


class LimitedRound(RandomRound):
    """A round in which a limit is entered once scores may be known, and the last level is to agree to it."""

    def _shortlist(self) -> None:
        enter(self.made, path="per_field_max", before="none", after="9")
        self._rule_on_limit()
        super()._shortlist()

    def _rule_on_limit(self) -> None:
        for number in (2, 3):
            agree(self.made, f.actor(f"approver-{number}"))


def test_the_last_level_agrees_once_scores_may_be_known_and_each_of_it_that_is_needed(tmp_path: Path) -> None:
    made = LimitedRound(1, **CLIMBING).run()
    assert judge_round(tmp_path, made)[CODE].verdict is Verdict.PROVEN
    at = place(made.log, "round.rules-amended.v1")
    level = made.log[at].data["level"]
    assert level == f.RULES.approval[-1].code
    made.log = with_data(made.log, at, level="department")
    assert find_refutation(tmp_path, made) == "amended-at-other-level"
    made.log = with_data(made.log, at, level=level)
    first = place(made.log, "round.amendment-agreed.v1")
    made.log = with_data(made.log, first, level="")
    assert find_refutation(tmp_path, made) == "amended-at-other-level"


def test_one_of_the_last_level_alone_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_eased(state: RoundState) -> ApprovalLevel | None:
        top = find_top(state)
        return None if top is None else top.with_(needed=1)

    monkeypatch.setattr("selection.round.amending_rules.decide.find_top", find_eased)

    class AloneRound(LimitedRound):
        def _rule_on_limit(self) -> None:
            agree(self.made, f.actor("approver-2"))

    assert find_refutation(tmp_path, AloneRound(1, **CLIMBING).run()) == "amended-by-too-few"


def test_a_quota_below_what_is_used_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = WholeRound(f.rules(), list(f.people().values()))
    for number in ("0001", "0002"):
        made.app(number).act(f.submit(), f.APPLICANT)
        made.recommend("bj", "recommender-1", number)
    monkeypatch.setattr("selection.round.amending_rules.decide._refuse_used", lambda *_: None)
    enter(made, path="routes.province.quota", before="2", after="1")
    assert find_refutation(tmp_path, made) == "quota-below-use"


@pytest.mark.parametrize("told", [{}, {"path": "places", "before": "2", "after": "3"}])
def test_panels_or_places_amended_after_their_draw_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, str]
) -> None:
    made = before_the_draw(10)
    monkeypatch.setattr("selection.round.amending_rules.decide._refuse_drawn", lambda *_: None)
    made.commit("main")
    enter(made, **told)
    assert find_refutation(tmp_path, made) == "amended-after-draw"


def test_rules_that_changed_without_an_amendment_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = before_the_draw(10)
    silently = property(lambda state: state.sealed.with_(places=9))
    monkeypatch.setattr("selection.round.state.RoundState.rules_in_force", silently)
    assert find_refutation(tmp_path, made) == "rules-changed-otherwise"
