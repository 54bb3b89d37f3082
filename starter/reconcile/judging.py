"""Compare what Temporal shows of a stream with what the record holds: pure, so that every case can be tested."""

from dataclasses import dataclass
from typing import Literal

from selection.streams import aggregate
from starter.reconcile.held import Held
from starter.reconcile.lived import Lived, Taken

IN_STEP = "in-step"

RunAct = Literal["", "start", "restart", "end"]
"""What is to be done about a run: begin one, put one in the open one's place, or end one that is over."""


@dataclass(frozen=True)
class Finding:
    """How one stream stands, and what would repair it.

    `lost` are leaves that Temporal saw recorded and the record lacks; `run` what is then to be done about its run.
    With neither, and not in step, nothing but a person can mend it.
    """

    stream: str
    code: str
    record: int
    workflow: int | None = None
    at: int = 0
    lost: tuple[Taken, ...] = ()
    run: RunAct = ""

    @property
    def fine(self) -> bool:
        """Tell whether nothing is to be done."""
        return self.code == IN_STEP

    @property
    def mendable(self) -> bool:
        """Tell whether a repair exists at all."""
        return bool(self.lost or self.run)


def judge(stream: str, lived: Lived, told: int | None, held: Held) -> Finding:
    """Return how a stream stands.

    `lived` must be read before `held`, and `told`, the open run's own version, after it: then an act that is
    recorded meanwhile makes nothing look lost and no run look behind.
    """

    def off(code: str, *, at: int = 0, lost: tuple[Taken, ...] = (), run: RunAct = "") -> Finding:
        return Finding(stream, code, held.version, told, at, lost, run)

    if held.damaged:
        return off("record-damaged", at=held.damaged)
    differs = _first_difference(lived, held)
    if differs:
        return off("record-diverged", at=differs)
    if not held.projected:
        return off("projection-differs")
    lost = _lost(lived, held)
    if lost and _gap(lost, held.version):
        return off("leaves-missing", at=_gap(lost, held.version))
    ended = _ended(stream, held, lost)
    if lost:
        return off("ahead", at=held.version + 1, lost=lost, run=_run_needed(lived, ended=ended))
    return _of_run(stream, lived, told, held, ended=ended)


def _of_run(stream: str, lived: Lived, told: int | None, held: Held, *, ended: bool) -> Finding:
    """Judge the open run of a stream whose record holds all that Temporal saw recorded."""

    def found(code: str, run: RunAct = "") -> Finding:
        return Finding(stream, code, held.version, told, run=run)

    if not lived.run:
        return found(IN_STEP) if ended or not held.version else found("not-running", "start")
    if not held.version and not lived.stopped:
        # Its first act may wait for the database; without one, nobody knows why it was started.
        return found(IN_STEP if lived.busy else "unknown-stream")
    if lived.stopped:
        return found("halted", _anew(ended=ended))
    if lived.was_reset:
        return found("reset", _anew(ended=ended))
    if told is None:
        return found("no-answer")
    if told < held.version and not lived.busy:
        return found("behind", _anew(ended=ended))
    return found("leaves-missing" if told > held.version else IN_STEP)


def _run_needed(lived: Lived, *, ended: bool) -> RunAct:
    if not lived.run:
        return "" if ended else "start"
    return _anew(ended=ended) if lived.stopped or lived.was_reset else ""


def _anew(*, ended: bool) -> RunAct:
    return "end" if ended else "restart"


def _first_difference(lived: Lived, held: Held) -> int:
    """Return the first version of which a history and the record, or two histories, hold other bytes; else 0."""
    known = dict(held.bodies)
    differing = [
        leaf.version
        for item in lived.taken
        for leaf, body in zip(item.leaves, item.bodies, strict=True)
        if known.setdefault(leaf.version, body) != body
    ]
    return min(differing, default=0)


def _lost(lived: Lived, held: Held) -> tuple[Taken, ...]:
    """Return what was taken and is not held, each once: the history of a reset begins with another's."""
    found = {item.first: item for item in lived.taken if item.last > held.version}
    return tuple(found[version] for version in sorted(found))


def _gap(lost: tuple[Taken, ...], version: int) -> int:
    """Return the first version that neither the record nor a history holds, or 0."""
    for item in lost:
        if item.first != version + 1:
            return version + 1
        version = item.last
    return 0


def _ended(stream: str, held: Held, lost: tuple[Taken, ...]) -> bool:
    folding = aggregate(stream)
    state = held.state if held.state is not None else folding.initial(stream)
    for item in lost:
        for leaf in item.leaves:
            state = folding.evolve(state, leaf)
    return bool(state.ended)
