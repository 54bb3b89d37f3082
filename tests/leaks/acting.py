"""The round itself: the demo's people, with what must not wait for chance decided here."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.round import commands as r
from selection.round.commands import OpenRound
from selection.round.state import RoundState
from selection.rules.loading import rules_hash
from starter.client.client import SelectionClient
from starter.client.registering import register_people
from starter.demo.acts import intake, panels
from starter.demo.attending import Attendance, Handler
from starter.demo.desk import Desk, Refusal
from starter.demo.run import HANDLERS
from tests.leaks.canaries import mark, mark_example, start_calendar

ROUND = "leaks-1"
PACE = Decimal(1)
SEED = 7
REPORT = "report-1"
HOSTS, ANSWERS = "host-", ("{", '"')
"""How the ids of applicants begin, and the texts of answers."""

Pause = Callable[[str], Awaitable[None]]


@dataclass
class MarkedDesk(Desk):
    """A desk where each stored content begins with a canary of its own, and that stops once per `pause`.

    What stays in mending has the canary that it had before: else it would be another answer. `invited` is the first to
    be asked for an application, who waits for a look before answering.
    """

    canaries: dict[str, str] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    pause: Pause | None = None
    invited: str = ""
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    async def text(self, text: str, person: str) -> Ref:
        canary = mark("Cx", person, text, len(self.canaries))
        if person.startswith(HOSTS) and (marked := _find_marked(text)):
            canary = self.kept.setdefault((person, marked), canary)
        ref = await self.client.store_text(_mark_text(text, canary), person=person, log=self.round)
        self.canaries[canary] = ref.id
        return ref

    async def file(self, data: bytes, media_type: str, person: str) -> Ref:
        canary = mark("Cx", person, data, len(self.canaries))
        body = data + f"<!-- {canary} -->".encode()
        ref = await self.client.store_file(body, media_type, person=person, log=self.round)
        self.canaries[canary] = ref.id
        return ref

    async def pause_once(self, name: str) -> None:
        if self.pause and name not in self.paused:
            self.paused.add(name)
            await self.pause(name)


FIRST_TEXTS = (
    *("direction", "name", "born", "positioning_comment", "positioning_note", "opinion_note"),
    *("open_points", "strengths", "asked", "positioning"),
)
"""The fields of the forms that the canary of their answers stands in."""


def _mark_text(text: str, canary: str) -> str:
    """Return a text that begins with a canary; of answers their first text does."""
    if not text.startswith(ANSWERS):
        return f"{canary} {text}"
    answers = json.loads(text)
    if isinstance(answers, str):
        return canonical_bytes(f"{canary} {answers}").decode()
    if not answers:
        return text
    field = _choose_field(answers)
    return canonical_bytes({**answers, field: f"{canary} {answers[field]}"}).decode()


def _choose_field(answers: dict[str, str]) -> str:
    return next(name for name in FIRST_TEXTS if name in answers)


def _find_marked(text: str) -> str:
    """Return the answer that the canary stands in, empty where there is none."""
    answers = json.loads(text) if text.startswith(ANSWERS) else ""
    return str(answers[_choose_field(answers)] if isinstance(answers, dict) and answers else answers or "")


async def play(client: SelectionClient, pause: Callable[[MarkedDesk, str], Awaitable[None]]) -> MarkedDesk:
    """Run the round to its issued list; `pause` is called at the moments that are worth a look."""
    example = mark_example()
    admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
    await register_people(client, example.people, actor=admin, command_id="leaks:people")
    example = start_calendar(example, PACE)
    desk = MarkedDesk(client, example, ROUND, SEED, _hear)
    desk.pause = lambda name: pause(desk, name)
    opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
    await desk.act(desk.round_stream, opened, example.rules.staff.officers[0], Role.OFFICER)

    async def wait(over: Callable[[RoundState], bool]) -> RoundState:
        return await Attendance(desk, {**HANDLERS, **OURS}, _watch).until(over)

    await intake.submissions(desk, wait)
    await intake.recommendations(desk, wait)
    await wait(lambda state: state.stage is RoundStage.ISSUED and not state.batch)
    return desk


def _hear(refusal: Refusal) -> None:
    """The refusals of the story stand in the record, where they are looked at."""


async def _watch(state: RoundState) -> None:
    """Nobody watches."""


async def answer_invitation(desk: Desk, task: TaskRow) -> bool:
    """Of the first panel one declines and one has a conflict; everybody else accepts."""
    assert isinstance(desk, MarkedDesk)
    person, state = task.person or "", await desk.application(task.stream)
    seat = state.seat_of(person)
    if seat is None or seat.status != "invited":
        return True
    if desk.codes[task.stream] == "a01":
        desk.invited = desk.invited or person
        await desk.pause_once("invited")
    first = panels.was_drawn_first(state, seat)
    if first and desk.codes[task.stream] == "a01" and seat.number == 1:
        reason = await desk.text("日程冲突。", person)
        await desk.act(task.stream, c.DeclineInvitation(reason=reason), person, Role.EXPERT)
    elif first and desk.codes[task.stream] == "a01" and seat.number == 2:
        text = await desk.text("与申报团队有合作项目。", person)
        await desk.act(task.stream, c.DeclareConflict(text=text), person, Role.EXPERT)
    else:
        pledge = await desk.text(panels.PLEDGE, person)
        await desk.act(task.stream, c.AcceptInvitation(pledge=pledge), person, Role.EXPERT)
    return True


async def review(desk: Desk, task: TaskRow) -> bool:
    """In one panel the applicant reports a reviewer, whose seat another one takes then."""
    assert isinstance(desk, MarkedDesk)
    state = await desk.application(task.stream)
    if desk.codes[task.stream] == "a02" and not state.reports:
        if task.person != min(seat.expert for seat in state.seats):
            return False
        await panels.review(desk, task)
        await desk.pause_once("review")
        text = await desk.text("听说该专家与我单位有利益关系。", state.agent)
        reported = c.ReportConflict(report=REPORT, expert=task.person, text=text)
        await desk.act(task.stream, reported, state.agent, Role.APPLICANT)
        return True
    return await panels.review(desk, task)


async def settle_objection(desk: Desk, task: TaskRow) -> bool:
    assert isinstance(desk, MarkedDesk)
    await desk.pause_once("notice")
    return await HANDLERS["settle-objection"](desk, task)


async def approve(desk: Desk, task: TaskRow) -> bool:
    """Agree at once: a proposal that is sent back would wait for a second notice."""
    state = await desk.round_state()
    level = next(item for item in desk.example.rules.approval if item.code == task.unit)
    for approver in level.approvers[: level.needed]:
        agreed = r.Approve(proposal=state.proposal, level=level.code)
        await desk.act(desk.round_stream, agreed, approver, Role.APPROVER)
    return True


def pause_before(kind: str) -> Handler:
    """Stop before an officer's bulk act, which is run dry then."""

    async def handle(desk: Desk, task: TaskRow) -> bool:
        assert isinstance(desk, MarkedDesk)
        await desk.pause_once(f"before {kind}")
        return await HANDLERS[kind](desk, task)

    return handle


BULK_ACTS = {
    "draw": "draw",
    "shortlist": "shortlist",
    "propose": "propose",
    "open-notice": "notice",
    "issue": "issue",
}
"""The task of an officer that waits -> the command of `selection round` that does it."""

OURS: dict[str, Handler] = {
    **{kind: pause_before(kind) for kind in BULK_ACTS},
    "answer-invitation": answer_invitation,
    "review": review,
    "settle-objection": settle_objection,
    "approve": approve,
}
