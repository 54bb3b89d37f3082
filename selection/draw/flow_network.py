"""The draw as the cheapest flow: application -> (application, institution) -> expert -> sink.

Only draws load this module: it imports numpy and the solver.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs, institution_of, pair_cost

LIMITS = ("employer", "conflict", "avoid", "institution", "load", "alternates")
"""The limits that can clash, those first that an officer cannot change: they are tried away first."""

_EXACT_UP_TO = 64


@dataclass
class Network:
    """Arcs by column. Nodes: applications, then experts, then the sink, then the institutions that bind.

    `pairs` are the arcs that give a place to an expert, `pair_applications` at which application. Numbers are
    packed: thousands of applications have some hundred thousand pairs.
    """

    applications: int
    experts: int
    nodes: int
    tails: "array[int]" = field(default_factory=lambda: array("i"))
    heads: "array[int]" = field(default_factory=lambda: array("i"))
    capacities: "array[int]" = field(default_factory=lambda: array("i"))
    pairs: "array[int]" = field(default_factory=lambda: array("i"))
    pair_applications: "array[int]" = field(default_factory=lambda: array("i"))
    supplies: list[int] = field(default_factory=list)

    @property
    def sink(self) -> int:
        """The node that everything flows to."""
        return self.applications + self.experts

    def arc(self, tail: int, head: int, capacity: int) -> int:
        """Add an arc and return its index."""
        self.tails.append(tail)
        self.heads.append(head)
        self.capacities.append(capacity)
        return len(self.tails) - 1

    def offer(self, tail: int, application: int, experts: Sequence[int]) -> None:
        """Add the arcs by which each of the experts may take one place at the application."""
        first = len(self.tails)
        self.tails.extend([tail] * len(experts))
        self.heads.extend(self.applications + expert for expert in experts)
        self.capacities.extend([1] * len(experts))
        self.pairs.extend(range(first, first + len(experts)))
        self.pair_applications.extend([application] * len(experts))

    def places(self) -> Iterator[tuple[int, int, int]]:
        """Yield arc, application and expert of every pair."""
        for arc, application in zip(self.pairs, self.pair_applications, strict=True):
            yield arc, application, self.heads[arc] - self.applications


def cheapest(inputs: DrawInputs, key: bytes) -> dict[str, list[str]] | None:
    """Return the experts of each application in the cheapest choice, or None when there is no choice."""
    network = _network(inputs, inputs.applications, LIMITS)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.array(network.tails, dtype=np.int32),
        np.array(network.heads, dtype=np.int32),
        np.array(network.capacities, dtype=np.int64),
        _costs(inputs, key, network),
    )
    nodes = np.arange(network.nodes, dtype=np.int32)
    solver.set_nodes_supplies(nodes, np.array(network.supplies, dtype=np.int64))
    if solver.solve() != solver.OPTIMAL:
        return None
    flows = solver.flows(arcs)
    chosen: dict[str, list[str]] = {item.stream: [] for item in inputs.applications}
    for arc, application, expert in network.places():
        if flows[arc]:
            chosen[inputs.applications[application].stream].append(inputs.experts[expert].person)
    return chosen


def clash(inputs: DrawInputs) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return limits and applications that have no panels together, and whether each application is needed.

    First applications are dropped, in ever smaller groups, then the limits one at a time; what cannot be
    dropped without panels appearing stays.
    """
    clashing, minimal = _fewest_applications(inputs)
    limits = list(LIMITS)
    for limit in LIMITS:
        fewer = [name for name in limits if name != limit]
        if _shortage(inputs, clashing, fewer):
            limits = fewer
    return tuple(limits), tuple(item.stream for item in clashing), minimal


def _fewest_applications(inputs: DrawInputs) -> tuple[list[DrawApplication], bool]:
    for application in inputs.applications:
        if _shortage(inputs, [application], LIMITS):
            return [application], True
    clashing = list(_shortage(inputs, inputs.applications, LIMITS))
    size = len(clashing) // 2
    minimal = len(clashing) <= _EXACT_UP_TO
    while size and (minimal or size > len(clashing) // 8):
        for group in _groups(clashing, size):
            fewer = [item for item in clashing if item not in group]
            if fewer and _shortage(inputs, fewer, LIMITS):
                clashing = fewer
        size //= 2
    return clashing, minimal


def _groups(items: Sequence[DrawApplication], size: int) -> Iterator[Sequence[DrawApplication]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _shortage(
    inputs: DrawInputs, applications: Sequence[DrawApplication], limits: Collection[str]
) -> tuple[DrawApplication, ...]:
    """Return applications that cannot all have panels, by the smallest cut; nothing if all can."""
    network = _network(inputs, applications, limits)
    side = _source_side(network, _with_source(network))
    return tuple(item for index, item in enumerate(applications) if index in side)


def _with_source(network: Network) -> tuple[list[int], list[int], list[int]]:
    """Return tails, heads and capacities with a source before the applications, which gives each its places."""
    applications = range(network.applications)
    return (
        [*network.tails, *([network.nodes] * network.applications)],
        [*network.heads, *applications],
        [*network.capacities, *network.supplies[: network.applications]],
    )


def _source_side(network: Network, arcs: tuple[list[int], list[int], list[int]]) -> set[int]:
    """Return the source's side of a smallest cut; nothing if all places can be filled."""
    tails, heads, capacities = arcs
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.array(tails, dtype=np.int32),
        np.array(heads, dtype=np.int32),
        np.array(capacities, dtype=np.int64),
    )
    if solver.solve(network.nodes, network.sink) != solver.OPTIMAL:
        raise RuntimeError("the flow solver gave no answer to whether panels exist")
    if solver.optimal_flow() == -network.supplies[network.sink]:
        return set()
    return set(solver.get_source_side_min_cut())


def _network(inputs: DrawInputs, applications: Sequence[DrawApplication], limits: Collection[str]) -> Network:
    network = Network(len(applications), len(inputs.experts), len(applications) + len(inputs.experts) + 1)
    staff: dict[str, list[int]] = {}
    places = {expert.person: index for index, expert in enumerate(inputs.experts)}
    for index, expert in enumerate(inputs.experts):
        staff.setdefault(institution_of(expert), []).append(index)
    extra = inputs.alternates if "alternates" in limits else 0
    for index, application in enumerate(applications):
        out = {places[person] for person in _people_out(application, limits) if person in places}
        _add_application(network, inputs, (index, application), staff, out, limits)
        network.supplies.append(application.seats_wanted + extra)
    most = len(applications)
    for index, expert in enumerate(inputs.experts):
        free = max(0, inputs.max_load - expert.load_used) if "load" in limits else most
        network.arc(network.applications + index, network.sink, free)
    total = sum(network.supplies)
    network.supplies += [0] * (network.nodes - network.applications)
    network.supplies[network.sink] = -total
    return network


def _add_application(
    network: Network,
    inputs: DrawInputs,
    indexed: tuple[int, DrawApplication],
    staff: Mapping[str, Sequence[int]],
    out: Collection[int],
    limits: Collection[str],
) -> None:
    index, application = indexed
    hosts = set(application.hosts) if "employer" in limits else set()
    sitting = _count_sitting(application, inputs.experts)
    for institution, members in staff.items():
        if institution in hosts:
            continue
        able = [member for member in members if member not in out]
        room = max(0, inputs.max_per_institution - sitting[institution])
        tail = index
        # Most institutions have no more experts than they may send: they need no node, and the solver's
        # costs, which grow with the number of nodes, stay far from overflowing.
        if "institution" in limits and len(able) > room:
            tail = network.nodes
            network.nodes += 1
            network.arc(index, tail, room)
        network.offer(tail, index, able)


def _people_out(application: DrawApplication, limits: Collection[str]) -> set[str]:
    out = {*application.exclude, *application.sitting}
    if "avoid" in limits:
        out.update(application.avoid)
    if "conflict" in limits:
        out.update(application.conflicts)
    return out


def _count_sitting(application: DrawApplication, experts: Sequence[DrawExpert]) -> Counter[str]:
    if not application.sitting:
        return Counter()
    return Counter(institution_of(expert) for expert in experts if expert.person in application.sitting)


def _costs(inputs: DrawInputs, key: bytes, network: Network) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    costs = np.zeros(len(network.tails), dtype=np.int64)
    streams = [item.stream for item in inputs.applications]
    people = [item.person for item in inputs.experts]
    pairs = (
        pair_cost(key, streams[application], people[expert]) for _, application, expert in network.places()
    )
    costs[np.array(network.pairs)] = np.fromiter(pairs, dtype=np.int64, count=len(network.pairs))
    return costs
