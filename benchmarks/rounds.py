"""A round that exists in the record only: its decisions are appended, no RoundWorkflow runs.

What an application takes from its round must stand in the record; who put it there does not matter to the cost
of an act. So the lifecycle measures applications, and the round's own figures are measured apart.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import cycle

from benchmarks.texts import TEXT, store_texts
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.aggregate import Event, Frame, leaf_of
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs
from selection.draw.panels import Drawn, DrawnPanel
from selection.forms.form import Forms
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.day_clock import RehearsalClock
from selection.kernel.model import Ref
from selection.recommendation import events as listed
from selection.register.commands import split_registrations
from selection.register.state import INSTALLATION
from selection.round import events as e
from selection.rules.model import RoundRules, rules_hash
from selection.rules.public_numbers import SSQ, Draws
from selection.rules.terms import get_sealed_deadlines
from selection.sealing import load_rules
from selection.streams import aggregate, application_stream, log_of, recommender_stream, round_stream

OFFICER = Actor(person="officer-1", role=Role.OFFICER)
ADMIN = Actor(person="admin-1", role=Role.ADMIN)
APPLICANTS = 1_000
"""As many as the largest round that is checked has applications: one of the same hands is compared with another."""
SURVEYORS = ("surveyor-1", "surveyor-2", "surveyor-3")
SEATS, ALTERNATES, POOL = 7, 3, 60
QUICK_DRAWS = Draws(
    sources=(SSQ.with_(weekdays=tuple(range(1, 8)), times=tuple(f"{hour:02d}:00" for hour in range(24))),),
    ahead_days=3660,
    open_days=3660,
)
"""The terms where a day lasts for seconds: its lottery is drawn every hour."""
# The length of a rehearsed day; public notice lasts from one to two of them.
DAY = timedelta(seconds=2)
NEVER = timedelta(days=40_000)
STEPS = {"open": 1, "draw": 4, "shortlist": 5, "propose": 6, "publish": 7, "issue": 8}
"""The version of the entry that begins each step of a recorded round: what its applications carry out."""


def example_rules() -> RoundRules:
    """Return the rules of the example round."""
    # Their applications are one text, and nobody signs unless a benchmark has them do so.
    return _load_example().model_copy(update={"forms": Forms(), "local": True})


def example_forms() -> Forms:
    """Return the forms of the example round, which the benchmarks that fill none in leave out."""
    return _load_example().forms


def _load_example() -> RoundRules:
    return load_rules(files("examples").joinpath("second_batch/rules.yaml").read_text(encoding="utf-8"))


def bench_rules(intake: timedelta, ago: timedelta = timedelta()) -> RoundRules:
    """Return the example's rules with an intake that closes after `intake`, and no other deadline in sight.

    The round began so long `ago`.
    """
    rules = example_rules()
    call = rules.calendar.call
    days = max(3, round(intake / DAY))
    far = {
        name: call + NEVER + timedelta(days=offset)
        for offset, name in enumerate(("check", "review", "review_last", "survey", "appraisal"))
    }
    near = {"submission": call + timedelta(days=days - 2), "recommendation": call + timedelta(days=days - 1)}
    seconds = Decimal(str(DAY.total_seconds()))
    return rules.model_copy(
        update={
            "clock": RehearsalClock(start=datetime.now(UTC) - ago, day_zero=call, seconds_per_day=seconds),
            "calendar": rules.calendar.model_copy(update={**near, **far}),
            "draws": QUICK_DRAWS,
            "days": rules.days.model_copy(
                update={"invitation": 3660, "review_after_invitation": 3660, "notice": 1}
            ),
        }
    )


async def register_people(recorder: Ledger, owner: str) -> None:
    """Register everyone who acts, on the recorder's rights, and store their texts by the URL of the database's owner.

    Repeated it changes nothing.
    """
    roles: dict[str, tuple[Role, str]] = {
        "admin-1": (Role.ADMIN, ""),
        **dict.fromkeys(("officer-1", "officer-2"), (Role.OFFICER, "")),
        **dict.fromkeys(("supervisor-1", "supervisor-2"), (Role.SUPERVISOR, "")),
        **dict.fromkeys(approvers(), (Role.APPROVER, "")),
        **{person: (Role.APPLICANT, host) for person, host in applicants().items()},
        **dict.fromkeys(SURVEYORS, (Role.SURVEYOR, "S-0001")),
        **{person: (Role.EXPERT, employer) for person, employer in experts().items()},
    }
    people = [
        NewPerson(
            person=person,
            roles={role: ()},
            employer=employer,
            identity=Identity(name=person, mail=f"{person}@example.org"),
        )
        for person, (role, employer) in roles.items()
    ]
    known = await recorder.people.store_identities(people, ADMIN.person, "benchmark-people")
    for number, command in enumerate(split_registrations(known)):
        body = command.model_dump(mode="json")
        envelope = Envelope(
            stream=INSTALLATION, command_id=f"benchmark-people.{number}", actor=ADMIN, command=body
        )
        decided = await recorder.deciding.decide(INSTALLATION, Act(envelope))
        assert decided.refused is None, decided.refused
    await store_texts(owner, roles)


def approvers() -> list[str]:
    """Return everyone who approves a proposal by the rules."""
    return [person for level in example_rules().approval for person in level.approvers]


def applicants() -> dict[str, str]:
    """Return who applies: applicant and the unit that they apply for."""
    return {f"applicant-{n}": f"H-{n:04d}" for n in range(1, APPLICANTS + 1)}


def experts() -> dict[str, str]:
    """Return the pool: expert and employer."""
    return {f"expert-{n:03d}": f"E-{n // 2:04d}" for n in range(POOL)}


def panel_of(number: int) -> DrawnPanel:
    """Return the panel of an application; each takes the next experts of the pool."""
    names = tuple(experts())
    chosen = tuple(names[(number * 3 + i * 7) % POOL] for i in range(SEATS + ALTERNATES))
    return DrawnPanel(seats=chosen[:SEATS], alternates=chosen[SEATS:])


class RecordedRound:
    """The decisions of one round, put into the record one after the other by the recorder's ledger."""

    def __init__(self, recorder: Ledger, name: str, applications: int, intake: timedelta) -> None:
        self.name = name
        self.streams = [application_stream(name, f"{n:04d}") for n in range(1, applications + 1)]
        self._intake = intake
        self._recorder = recorder
        self.begin()

    def begin(self) -> None:
        """Let the intake begin now."""
        self.rules = bench_rules(self._intake)
        deadlines = get_sealed_deadlines(self.rules)
        self.submission_ends = deadlines["submission"]
        self.intake_ends = deadlines["recommendation"]

    async def decide(self, stream: str, *events: Event, at_version: int | None = None) -> None:
        """Append events to a stream as if it had been decided there; the last becomes `at_version`."""
        folding = aggregate(stream)
        found = await self._recorder.reading.snapshot(stream)
        state = folding.load(found.state) if found else folding.initial(stream)
        assert at_version in (None, state.version + len(events)), f"{stream} stands at {state.version}"
        at = datetime.now(UTC)
        frame = Frame(recorded=at, register_size=await self._recorder.reading.head(INSTALLATION))
        leaves = [
            leaf_of(
                event,
                state=state,
                offset=i,
                actor=OFFICER,
                at=at,
                command_id=f"{stream}#{state.version + i}",
                frame=frame,
            )
            for i, event in enumerate(events, start=1)
        ]
        await self._recorder.record.append(log_of(stream), stream, leaves)

    async def _step(self, name: str, *events: Event) -> None:
        await self.decide(round_stream(self.name), *events, at_version=STEPS[name])

    async def open(self) -> None:
        """Seal the rules and open the call."""
        sealed = rules_hash(self.rules)
        opened = e.RoundOpened(
            rules_hash=sealed,
            rules=self.rules.model_dump(mode="json"),
            rehearsal=True,
            deadlines=get_sealed_deadlines(self.rules),
        )
        await self._step("open", opened)

    async def recommend(self) -> None:
        """Put every application's second version on a list of its own."""
        for stream in self.streams:
            number = stream.rsplit("/", 1)[-1]
            event = listed.ApplicationRecommended(
                round=self.name,
                rules_hash=rules_hash(self.rules),
                unit=f"unit-{number}",
                quota=1,
                application=number,
                revision=2,
                agent="recommender-1",
            )
            await self.decide(recommender_stream(self.name, f"unit-{number}"), event)

    async def draw(self) -> None:
        """Draw the panels."""
        inputs = DrawInputs(
            applications=tuple(
                DrawApplication(stream=stream, revision=2, hosts=(host,), seats_wanted=SEATS)
                for stream, host in zip(self.streams, cycle(applicants().values()), strict=False)
            ),
            experts=tuple(DrawExpert(person=name, employer=unit) for name, unit in experts().items()),
            alternates=ALTERNATES,
            max_per_institution=2,
            max_load=100_000,
            solver="none: fixed for the benchmark",
        )
        panels = {stream: panel_of(n) for n, stream in enumerate(self.streams)}
        inputs_ref = await self._store("inputs", canonical_bytes(inputs))
        result = await self._store("result", canonical_bytes(Drawn(panels=panels, total_cost=0)))
        now = datetime.now(UTC)
        params = {"applications": len(inputs.applications), "experts": len(inputs.experts), "issue": "soon"}
        named = {**params, "source": "ssq", "public": now, "until": now + DAY}
        await self._step(
            "draw",
            e.DrawCommitted(draw="1", commitment="0" * 64, inputs=inputs_ref, **named),
            e.DrawOpened(draw="1", secret="11" * 32, randomness="benchmark"),
            e.PanelsDrawn(draw="1", result=result, total_cost=0),
        )

    async def shortlist(self) -> None:
        """Put every application on the shortlist."""
        listed_at = {number: rank for rank, number in enumerate(self._numbers(), start=1)}
        await self._step("shortlist", e.ShortlistFixed(listed=listed_at, reasons={}, counts={}))

    async def propose(self) -> None:
        """Propose every application."""
        items = tuple(
            e.ProposalItem(application=number, rank=rank, reason=TEXT)
            for rank, number in enumerate(self._numbers(), start=1)
        )
        await self._step("propose", e.ProposalMade(proposal=1, items=items, deviations={}, ranking=()))

    async def publish(self) -> None:
        """Open the public notice."""
        until = datetime.now(UTC) + 2 * DAY
        await self._step("publish", e.PublicNoticeOpened(proposal=1, until=until))

    async def issue(self) -> None:
        """Issue the list with every application on it."""
        places = {number: place for place, number in enumerate(self._numbers(), start=1)}
        await self._step("issue", e.ListIssued(proposal=1, places=places))

    def _numbers(self) -> list[str]:
        return [stream.rsplit("/", 1)[-1] for stream in self.streams]

    async def _store(self, what: str, body: bytes) -> Ref:
        content_id = f"{what}-{self.name}"
        card = await self._recorder.contents.put(
            content_id, body, kind="file", media_type="application/json", stored_by=SYSTEM.person
        )
        return Ref(id=card.id, sha256=card.sha256)
