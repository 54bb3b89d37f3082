"""The reproducible draw of review panels: same inputs and same key, same panels, whoever computes them.

H(secret) and the inputs enter the log before the public randomness is known; the key follows from both.
Every pair of application and expert has a cost out of the key, and the draw is the cheapest choice within
all limits, so it is random to anyone without the key and can be checked by anyone with it.
"""

from collections import Counter

from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs, institution_of, pair_cost
from selection.kernel.model import Frozen

CLASH_NAMES = 50
"""Applications that the record names of those that clash, at most."""


class DrawnPanel(Frozen):
    """The experts of one application, cheapest first; alternates are invited in this order."""

    seats: tuple[str, ...]
    alternates: tuple[str, ...]


class Drawn(Frozen):
    """The panels by application, and what they cost together."""

    panels: dict[str, DrawnPanel]
    total_cost: int


class Infeasible(Frozen):
    """No panels exist. `limits` clash for these `applications`, by the names of `panel_network.LIMITS`.

    Without any one of the limits panels would exist; no limit at all means that the pool itself is too small.
    `minimal` says that each of the applications is needed for the clash as well.
    """

    limits: tuple[str, ...]
    applications: tuple[str, ...]
    minimal: bool


def draw_panels(inputs: DrawInputs, key: bytes) -> Drawn | Infeasible:
    """Return the cheapest panels within all limits, or which limits clash; no order of inputs matters.

    Takes about two seconds for 1,000 applications, 500 experts and 7 seats, so it runs in an activity.
    """
    # Imported here: the solver and numpy are heavy and must not load with a workflow.
    from selection.draw.flow_network import cheapest, clash

    ordered = inputs.in_order()
    chosen = cheapest(ordered, key)
    if chosen is None:
        limits, applications, minimal = clash(ordered)
        return Infeasible(limits=limits, applications=applications, minimal=minimal)
    total = 0
    panels: dict[str, DrawnPanel] = {}
    for application in ordered.applications:
        costs = {person: pair_cost(key, application.stream, person) for person in chosen[application.stream]}
        people = sorted(costs, key=lambda person: (costs[person], person))
        wanted = application.seats_wanted
        panels[application.stream] = DrawnPanel(
            seats=tuple(people[:wanted]), alternates=tuple(people[wanted:])
        )
        total += sum(costs.values())
    return Drawn(panels=panels, total_cost=total)


def check_draw(inputs: DrawInputs, key: bytes, drawn: Drawn) -> tuple[str, ...]:
    """Return what is wrong with a draw: broken limits by application, order, cost; nothing if all is right.

    The solver is not trusted and not asked: limits are counted again, and that no cheaper choice exists is
    shown by the absence of a negative cycle in what is left of the network.
    """
    from selection.draw.flow_network import is_cheapest

    faults = _find_broken_limits(inputs, drawn)
    if not faults:
        costs = {
            stream: [pair_cost(key, stream, person) for person in (*panel.seats, *panel.alternates)]
            for stream, panel in drawn.panels.items()
        }
        faults += [f"{stream}: order" for stream, each in costs.items() if each != sorted(each)]
        if sum(map(sum, costs.values())) != drawn.total_cost:
            faults.append("total-cost")
        chosen = {stream: {*panel.seats, *panel.alternates} for stream, panel in drawn.panels.items()}
        if not is_cheapest(inputs.in_order(), key, chosen):
            faults.append("not-cheapest")
    return tuple(faults)


def recusals(application: DrawApplication, expert: DrawExpert) -> tuple[str, ...]:
    """Return why the expert may not review the application; nothing if they may."""
    reasons = {
        "employer": expert.employer != "" and expert.employer in application.hosts,
        "avoid": expert.person in application.avoid,
        "conflict": expert.person in application.conflicts,
        "sat": expert.person in application.exclude or expert.person in application.sitting,
    }
    return tuple(name for name, holds in reasons.items() if holds)


def _places(drawn: Drawn) -> list[tuple[str, str]]:
    return [
        (stream, person)
        for stream, panel in drawn.panels.items()
        for person in (*panel.seats, *panel.alternates)
    ]


def _find_broken_limits(inputs: DrawInputs, drawn: Drawn) -> list[str]:
    experts = {expert.person: expert for expert in inputs.experts}
    if drawn.panels.keys() != {item.stream for item in inputs.applications}:
        return ["applications"]
    places = _places(drawn)
    if any(person not in experts for _, person in places):
        return ["pool"]
    faults: list[str] = []
    for application in inputs.applications:
        panel = drawn.panels[application.stream]
        people = (*panel.seats, *panel.alternates)
        if (
            len(panel.seats) != application.seats_wanted
            or len(panel.alternates) != inputs.alternates
            or len(set(people)) != len(people)
        ):
            faults.append(f"{application.stream}: seats")
        for person in people:
            faults += [f"{application.stream}: {why}" for why in recusals(application, experts[person])]
        counted = [*people, *(person for person in application.sitting if person in experts)]
        share = Counter(institution_of(experts[person]) for person in counted)
        drawn_from = {institution_of(experts[person]) for person in people}
        if any(share[name] > inputs.max_per_institution for name in drawn_from):
            faults.append(f"{application.stream}: institution")
    load = Counter(person for _, person in places)
    if any(experts[person].load_used + count > inputs.max_load for person, count in load.items()):
        faults.append("load")
    return faults
