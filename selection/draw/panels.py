"""The reproducible draw of review panels: same inputs and same key, same panels, whoever computes them.

H(secret) and the inputs enter the log before the public randomness is known; the key follows from both.
Every pair of application and expert has a cost out of the key, and the draw is the cheapest choice within
all limits, so it is random to anyone without the key and can be checked by anyone with it.
"""

from selection.draw.inputs import DrawInputs, pair_cost
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
