"""Draws of panels: their acts, what the lottery of the rules gives, and the panels that follow."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from selection.decision.deposit import Deposit, DepositAsked
from selection.decision.facts import DrawBasis, Seating
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import Drawn, Infeasible, draw_panels
from selection.draw.pool import find_seating
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Ref
from selection.round.commands import CommitDraw, EnterDrawNumbers, OpenDraw
from selection.round.state import Draw
from selection.rules.model import RoundRules
from tests import factories as f

NUMBERS = "07 12 33"
"""A result of the lottery of the rules."""


def result_for(draw: str) -> str:
    """Return what the lottery of the rules gives for a draw, another for each name."""
    balls = sorted(range(1, 34), key=lambda ball: sha256(f"{draw} {ball}".encode()).digest())
    return " ".join(f"{ball:02d}" for ball in sorted(balls[:3]))


def commit_draw(
    draw: str = "main", at: datetime = f.OPENED, sealed: RoundRules = f.RULES, *, after: datetime = f.OPENED
) -> CommitDraw:
    """Commit a draw to the next issue of the first source; `after` is when the one before was public."""
    source, clock = sealed.draws.sources[0], sealed.clock
    first = max(sealed.draws.earliest(clock, at), after + timedelta(microseconds=1))
    issue = source.next_issue(clock, first)
    assert issue is not None
    deposit = f.ref("deposit")
    return CommitDraw(draw=draw, commitment=f.COMMITMENT, deposit=deposit, source=source.code, issue=issue)


def commit_next(
    name: str, at: datetime, sealed: RoundRules, draws: Mapping[str, Draw]
) -> tuple[CommitDraw, Actor]:
    """Commit a draw to later numbers than any before, and by whom."""
    after = max((draw.public for draw in draws.values()), default=at)
    return commit_draw(name, at, sealed, after=after), choose_drawer(draws)


def choose_drawer(draws: Mapping[str, Draw]) -> Actor:
    """Return an officer, and a supervisor where the officers' last draw was voided."""
    last = max(draws.values(), key=lambda draw: draw.public, default=None)
    others = last is not None and last.voided and last.post is Role.OFFICER
    return f.SUPERVISOR if others else f.OFFICER


def enter_numbers(draw: str = "main", published: str = NUMBERS) -> EnterDrawNumbers:
    """Enter what the lottery gave, to be entered again by who opens."""
    return EnterDrawNumbers(draw=draw, published=published)


def find_deposit(asked: DepositAsked, secrets: Mapping[str, str]) -> Deposit:
    """Return what was deposited for a draw: these secrets by their hash, else the usual one."""
    return Deposit.of(secrets.get(asked.commitment, f.SECRET))


def open_draw(draw: str = "main", published: str = NUMBERS) -> OpenDraw:
    return OpenDraw(draw=draw, published=published)


def draw_panels_by(inputs: DrawInputs, numbers: str) -> tuple[bytes, Drawn | Infeasible]:
    """Return the key of a draw that is opened with these numbers, and what it draws."""
    key = draw_key(bytes.fromhex(f.SECRET), numbers)
    return key, draw_panels(inputs, key)


def find_seatings(
    batch: str, drawn: Mapping[str, tuple[DrawInputs, Drawn, bytes]], stream: str
) -> dict[str, Seating]:
    """Return whom the draw that a round's batch carries out seats at an application, if it seats anybody."""
    kind, _, name = batch.partition("/")
    seating = find_seating(*drawn[name], stream) if kind == "seat-panel" else None
    return {stream: seating} if seating else {}


def basis_of(inputs: DrawInputs, stored: Ref) -> DrawBasis:
    """Return what a draw rests on, given where its inputs are stored."""
    return DrawBasis(inputs=stored, applications=len(inputs.applications), experts=len(inputs.experts))
