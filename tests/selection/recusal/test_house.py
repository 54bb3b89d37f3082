"""What the engine puts before supervisors of somebody of their own house waits for another's reason."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.relations import Declared, Employment
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import GROUP, HOST, bind, declare, employ, now
from tests.selection.recusal.test_found_conflicts import change_register, make_person_registered, waiting

HOUSE = f.terms(recusal={"house": [GROUP]})
SECOND = f.actor("officer-2")
OFF = f.rule("referred", upheld=False)


def lead_to_report() -> tuple[Desk, str]:
    """An application that an officer sent back before all of the house were bound to it, and the engine's report."""
    desk = paths.application_in(Stage.MENDING, HOUSE)
    for person in ("officer-1", "officer-2", "supervisor-1", "supervisor-2"):
        bind(desk, person, "unit-related")
    (event,) = change_register(desk, make_person_registered("officer-1"))
    assert isinstance(event, e.ConflictFound)
    assert (event.expert, event.text) == ("officer-1", None)
    return desk, event.report


def refer(**changes: object) -> Frozen:
    parts = {"report": "referred", "expert": "officer-1", "text": f.ref("why"), **changes}
    return c.ReferConflict.model_validate(parts)


def test_it_is_referred_anew_with_a_reason_and_both_are_ruled_on() -> None:
    desk, report = lead_to_report()
    assert desk.refuse(f.rule(report, upheld=False), f.SUPERVISOR) == "unit-related"
    desk.act(refer(), SECOND)
    assert desk.refuse(refer(report="again"), SECOND) == "conflict-waits"
    for name in (report, "referred"):
        desk.act(f.rule(name, upheld=False), f.SUPERVISOR)
    assert waiting(desk) == []


@pytest.mark.parametrize(
    ("changes", "person", "code"),
    [({"text": None}, "officer-2", "missing"), ({}, "officer-1", "same-hands")],
)
def test_it_needs_a_reason_of_another(changes: dict[str, object], person: str, code: str) -> None:
    desk, _ = lead_to_report()
    assert desk.refuse(refer(**changes), f.actor(person)) == code


def test_who_gave_the_reason_does_not_rule_though_the_house_lets_another() -> None:
    desk, report = lead_to_report()
    desk.act(refer(), f.SUPERVISOR)
    assert desk.refuse(f.rule(report, upheld=False), f.SUPERVISOR) == "unit-related"
    assert desk.refuse(OFF, f.SUPERVISOR) == "unit-related"
    assert desk.act(OFF, f.actor("supervisor-2"))[-1] == e.HouseTieDismissed(
        person="officer-1", units=(GROUP,)
    )


def test_a_referral_of_ones_own_is_no_reason_though_more_than_the_house_binds() -> None:
    """Seen before: the core took it for a reason, and the audit refuted the round."""
    desk, report = lead_to_report()
    engine = desk.state.reports[report]
    declare(desk, "officer-1", Declared(kind="relative", unit=HOST))
    desk.act(refer(), f.OFFICER)
    # As it is referred while the engine's report is not open, after a check that is reversed later.
    own = desk.state.reports["referred"]
    whole = own.with_(bound_by=(*engine.bound_by, *own.bound_by))
    desk.state = desk.state.with_(reports={**desk.state.reports, "referred": whole})
    assert desk.refuse(f.rule(report, upheld=False), f.SUPERVISOR) == "unit-related"


def test_what_holds_no_more_needs_no_reason() -> None:
    """Seen before: after the officer had left the house no referral covered the engine's report, and it stayed open."""
    desk, report = lead_to_report()
    employ(desk, "officer-1", Employment(unit=GROUP, until=desk.now), now("91-elsewhere"))
    desk.act(refer(), SECOND)
    for name in ("referred", report):
        desk.act(f.rule(name, upheld=False), f.SUPERVISOR)
    assert waiting(desk) == []


def test_whoever_signed_the_reason_as_the_second_does_not_rule() -> None:
    """Seen before: a supervisor signed a referral beside an officer, and ruled on it."""
    desk, _ = lead_to_report()
    desk.act(refer(), SECOND)
    report = desk.state.reports["referred"].with_(cosigner="supervisor-1")
    desk.state = desk.state.with_(reports={**desk.state.reports, "referred": report})
    assert desk.refuse(OFF, f.SUPERVISOR) == "unit-related"
    assert desk.act(OFF, f.actor("supervisor-2"))
