"""The reproducible draw of review panels: same inputs and same key, same panels, whoever computes them.

H(secret) and the inputs enter the log before the public randomness is known; the key follows from both.
Every pair of application and expert has a cost out of the key, and the draw is the cheapest choice within
all limits, so it is random to anyone without the key and can be checked by anyone with it.
"""

import hashlib
import hmac
from collections import Counter
from typing import Annotated, Self

from pydantic import Field, model_validator

from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Frozen

COST_BITS = 40
"""Larger costs overflow the solver, which multiplies them by the number of nodes."""

CLASH_NAMES = 50
"""Applications that the record names of those that clash, at most."""

_INFO = b"center-selection draw v1"


class DrawApplication(Frozen):
    """An application that needs experts.

    `hosts` are the credit codes of the host and all co-builders: their people are recused. `avoid` is the
    applicant's own list, `conflicts` the declared or found ones, `exclude` all who ever held a seat here.
    `sitting` hold one now: they are excluded too and count against their institution. `seats_wanted` is fewer
    than the panel in a supplementary draw.
    """

    stream: str
    revision: int
    hosts: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sitting: tuple[str, ...] = ()
    seats_wanted: Annotated[int, Field(ge=1)]


class DrawExpert(Frozen):
    """An expert of the pool: employer's credit code ("" for none) and places already held or reserved."""

    person: str
    employer: str
    load_used: Annotated[int, Field(ge=0)] = 0


class DrawInputs(Frozen):
    """All that a draw depends on besides the key. `alternates` are drawn for each application on top."""

    applications: tuple[DrawApplication, ...]
    experts: tuple[DrawExpert, ...]
    alternates: Annotated[int, Field(ge=0)]
    max_per_institution: Annotated[int, Field(ge=1)]
    max_load: Annotated[int, Field(ge=1)]
    solver: str

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for names in ([item.stream for item in self.applications], [item.person for item in self.experts]):
            if len(set(names)) != len(names):
                raise ValueError("an application or an expert stands twice in the inputs of a draw")
        return self

    def in_order(self) -> "DrawInputs":
        """Return the same inputs in the one order that is drawn from and hashed."""
        lists = ("hosts", "avoid", "conflicts", "exclude", "sitting")
        applications = (
            item.model_copy(update={name: tuple(sorted(set(getattr(item, name)))) for name in lists})
            for item in self.applications
        )
        return self.model_copy(
            update={
                "applications": tuple(sorted(applications, key=lambda item: item.stream)),
                "experts": tuple(sorted(self.experts, key=lambda item: item.person)),
            }
        )


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


class Commitment(Frozen):
    """What is sealed before the randomness is known: SHA-256 of the secret and of the inputs, in hex."""

    secret: str
    inputs: str


def commitment(secret: bytes, inputs: DrawInputs) -> Commitment:
    """Return what binds the drawer to secret and inputs. Raises ValueError for a secret under 16 bytes."""
    if len(secret) < 16:
        raise ValueError("a secret of fewer than 16 bytes can be guessed from its hash")
    return Commitment(
        secret=hashlib.sha256(secret).hexdigest(), inputs=sha256_hex(canonical_bytes(inputs.in_order()))
    )


def draw_key(secret: bytes, randomness: str) -> bytes:
    """Return the 32-byte key of a draw: HKDF-SHA256 (RFC 5869), the randomness as salt."""
    return _expand(hmac.digest(randomness.encode(), secret, "sha256"), _INFO)


def pair_cost(key: bytes, application: str, expert: str) -> int:
    """Return what this expert costs for this application: the first 40 bits of HKDF-Expand(key, pair)."""
    # A draw of thousands of applications asks this some hundred thousand times: `_expand`, written out.
    text = f"pair\0{application}\0{expert}\x01"
    return int.from_bytes(hmac.digest(key, text.encode(), "sha256")[: COST_BITS // 8])


def lot(key: bytes, application: str) -> str:
    """Return the application's lot, 32 hex digits, for ties that no mean parts; the lower wins."""
    return _expand(key, f"lot\0{application}".encode())[:16].hex()


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

    faults = _broken_limits(inputs, drawn)
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


def institution_of(expert: DrawExpert) -> str:
    """Return whose limit the expert counts against; one without an employer stands alone."""
    return expert.employer or f"\0{expert.person}"


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


def _broken_limits(inputs: DrawInputs, drawn: Drawn) -> list[str]:
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


def _expand(key: bytes, info: bytes) -> bytes:
    # HKDF-Expand's first block; the extract step is done once, in draw_key (RFC 5869, section 2.3).
    return hmac.digest(key, info + b"\x01", "sha256")
