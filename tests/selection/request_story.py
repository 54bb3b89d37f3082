"""What can be told of a request for review: an application that was not selected, and what came after its end."""

from decimal import Decimal

from selection.application import events as a
from selection.decision.aggregate import Event
from selection.kernel.actor import SYSTEM, Actor, Role
from tests.selection.story import (
    AGENT,
    OFFICER,
    ROUND,
    UNTIL,
    Story,
    make_application_submitted,
    make_recommendation,
    ref,
)

GROUND = "reasons-missing"
DECIDERS = tuple(Actor(person=f"decider-{nth}", role=Role.EXAMINER) for nth in (1, 2))
_FOUND = a.FindingEntered(ground=GROUND, upheld=True, remedy="fresh-panel", text=ref("request-finding"))
_FOLLOWS = _FOUND.with_(remedy="place-given", text=ref("request-finding-3"))
AFTER_THE_END: tuple[tuple[Actor, Event], ...] = (
    (
        AGENT,
        a.ReviewRequested(
            ground=GROUND, text=ref("request-text"), evidence=(ref("request-proof"),), until=UNTIL
        ),
    ),
    (OFFICER, a.DecidersAppointed(ground=GROUND, deciders=("decider-1", "decider-2"))),
    (DECIDERS[0], _FOUND),
    (DECIDERS[1], _FOUND.with_(text=ref("request-finding-2"))),
    (
        DECIDERS[1],
        a.RequestDecided(
            ground=GROUND,
            outcome="upheld",
            remedy="fresh-panel",
            reasons=(ref("request-finding"), ref("request-finding-2")),
        ),
    ),
    (DECIDERS[1], a.FreshPanelOrdered(ground=GROUND, aside=("expert-1", "expert-2"), until=UNTIL)),
    (
        SYSTEM,
        a.FreshPanelReviewed(ground=GROUND, earlier="71.00", fresh=Decimal("84.00"), until=UNTIL),
    ),
    (DECIDERS[0], _FOLLOWS),
    (DECIDERS[1], _FOLLOWS.with_(text=ref("request-finding-4"))),
    (
        DECIDERS[1],
        a.RequestDecided(
            ground=GROUND,
            outcome="upheld",
            remedy="place-given",
            reasons=(ref("request-finding-3"), ref("request-finding-4")),
        ),
    ),
    (OFFICER, a.RemedyRecorded(ground=GROUND, text=ref("remedy-text"))),
)


def not_selected(number: str = "0017", steps: int = len(AFTER_THE_END)) -> Story:
    """An application that was not selected, and so many steps of what followed."""
    story = (
        Story(f"application/{ROUND}/{number}")
        .tell(AGENT, make_application_submitted(1))
        .tell(SYSTEM, make_recommendation(1))
    )
    story.tell(SYSTEM, a.PlacedInReserve(proposal=1), a.ApplicationNotSelected(proposal=1))
    for actor, event in AFTER_THE_END[:steps]:
        story.tell(actor, event)
    return story
