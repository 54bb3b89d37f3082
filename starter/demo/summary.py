"""What the demo ended with, read back from the record, and whether it is what the story wants."""

from collections import Counter
from decimal import Decimal

from selection.application.state import ApplicationState
from selection.kernel.model import Frozen
from selection.round.state import RoundState
from selection.streams import APPLICATION, archive_stream
from starter.demo import DemoFailed
from starter.demo.desk import Desk
from starter.demo.visits import panel_of

ACTED = {
    "rule-on-conflict": 1,
    "raise-objection": 2,
    "settle-objection": 1,
    "uphold-objection": 1,
    "send-back-proposal": 1,
}
"""How often the story wants an act, whatever the seed: a conflict found late, two objections, one sent back."""
ONCE_AT_LEAST = {"acts": ("decline-invitation",), "refusals": ("seat-closed",)}
"""What chance decides the number of: experts who decline, and silent ones who come when another has their seat."""


class Ended(Frozen):
    """One application at the end: everything that must be the same for the same seed."""

    number: str
    code: str
    unit: str
    field: str
    region: str
    priority: str
    outcome: str
    revision: int
    panel: tuple[str, ...]
    former: tuple[str, ...]
    score: Decimal | None
    rank: int | None
    agreed: Decimal | None
    place: int | None
    reason: str | None


class Summary(Frozen):
    """The demo's result, equal for equal seeds. `entries` counts the round's log without its archive's."""

    seed: int
    round: str
    applications: tuple[Ended, ...]
    acts: dict[str, int]
    refusals: tuple[tuple[str, str, str, str], ...]
    entries: int

    @property
    def listed(self) -> tuple[Ended, ...]:
        """The centres on the list, by place."""
        on_list = [item for item in self.applications if item.place]
        return tuple(sorted(on_list, key=lambda item: item.place or 0))


async def summary_of(desk: Desk) -> Summary:
    """Read the result from the record. Raises DemoFailed when an application has no outcome."""
    state = await desk.round_state()
    reasons = {item.application: item.reason for item in state.items}
    applications = []
    for code, stream in desk.streams.items():
        snapshot = await desk.client.ledger.reading.snapshot(stream)
        if snapshot is None:
            continue
        ended = APPLICATION.load(snapshot.state)
        if not ended.ended:
            raise DemoFailed(f"{desk.about(stream)} has no outcome: it stands in {ended.stage.value}.")
        reason = None
        if ended.place:
            _, body = await desk.client.ledger.contents.get(reasons[ended.number].id)
            reason = body.decode()
        applications.append(_summarise(code, desk, ended, state, reason))
    return Summary(
        seed=desk.seed,
        round=desk.round,
        applications=tuple(applications),
        acts=dict(sorted(desk.acts.items())),
        refusals=tuple(
            sorted((item.refused.code, item.person, item.kind, item.about) for item in desk.refusals)
        ),
        entries=await _entries(desk),
    )


async def _entries(desk: Desk) -> int:
    reading = desk.client.ledger.reading
    archive = await reading.snapshot(archive_stream(desk.round))
    return await reading.head(desk.round) - (archive.version if archive else 0)


def _summarise(
    code: str, desk: Desk, ended: ApplicationState, state: RoundState, reason: str | None
) -> Ended:
    applicant = desk.example.applicant(code)
    return Ended(
        number=ended.number,
        code=code,
        unit=applicant.unit,
        field=applicant.field,
        region=applicant.host.region,
        priority=applicant.priority,
        outcome=ended.outcome,
        revision=ended.revision,
        panel=panel_of(ended),
        former=tuple(sorted(ended.former)),
        score=ended.score.shown if ended.score else None,
        rank=state.shortlist.get(ended.number),
        agreed=ended.appraisal.score if ended.appraisal else None,
        place=ended.place or None,
        reason=reason,
    )


def check_story(summary: Summary, desk: Desk) -> None:
    """Raise DemoFailed unless the list, the outcomes and the refusals are what the story wants."""
    rules, story = desk.example.rules, desk.example.story
    outcomes = Counter(item.outcome for item in summary.applications)
    wanted = {
        "listed": rules.places - 1,
        "removed": 1,
        "withdrawn": len(story.withdrawn),
        "never-submitted": len(story.late_submission),
        "ineligible": len(story.grounds),
        "not-recommended": len({*story.over_quota, *story.set_aside, *story.late_recommendation}),
    }
    for outcome, count in wanted.items():
        if outcomes[outcome] != count:
            raise DemoFailed(f"{outcomes[outcome]} applications ended as {outcome}; the story wants {count}.")
    if [item.place for item in summary.listed] != list(range(1, rules.places)):
        raise DemoFailed("The list's places do not run from 1 without gaps.")
    refused = Counter(code for code, *_ in summary.refusals)
    for code, count in {
        "late": len(story.late_submission) + len(story.late_recommendation),
        "quota-full": len(story.over_quota),
        "same-hands": 1,
        "same-employer": 1,
    }.items():
        if refused[code] != count:
            raise DemoFailed(f"{refused[code]} acts were refused as {code}; the story wants {count}.")
    for kind, count in ACTED.items():
        if desk.acts[kind] != count:
            raise DemoFailed(f"{kind} was done {desk.acts[kind]} times; the story wants {count}.")
    for counted, names in ((desk.acts, ONCE_AT_LEAST["acts"]), (refused, ONCE_AT_LEAST["refusals"])):
        for name in names:
            if not counted[name]:
                raise DemoFailed(f"The story wants {name} at least once; it never came.")
