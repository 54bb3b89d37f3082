"""What the demo ended with, read back from the record, and whether it is what the story wants."""

from collections import Counter
from decimal import Decimal

from papers.values import Words
from selection.application.state import ApplicationState
from selection.kernel.model import Frozen
from selection.round.state import RoundState
from selection.streams import APPLICATION, archive_stream
from starter.demo import DemoFailed
from starter.demo.acts.visits import panel_of
from starter.demo.desk import Desk
from starter.demo.example import Example, Story


class Result(Frozen):
    """One application at the end: everything that must be the same for the same seed."""

    number: str
    code: str
    centre: Words
    host: Words
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
    applications: tuple[Result, ...]
    acts: dict[str, int]
    refusals: tuple[tuple[str, str, str, str], ...]
    entries: int

    @property
    def centres(self) -> tuple[Result, ...]:
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
            raise DemoFailed(
                f"{desk.about(stream)} has no outcome: it stands in {ended.stage.value}.",
                f"{desk.about(stream)} 没有结果，仍处于 {ended.stage.value}。",
            )
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
) -> Result:
    applicant, handed_in = desk.example.applicant(code), ended.submission
    return Result(
        number=ended.number,
        code=code,
        centre=Words(en=handed_in.name_en, zh=handed_in.name_zh) if handed_in else Words(),
        host=Words(en=handed_in.host.name_en, zh=handed_in.host.name_zh) if handed_in else Words(),
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
    listed = rules.places - bool(story.objection_upheld_on)
    wanted = {
        "listed": listed,
        "removed": int(bool(story.objection_upheld_on)),
        "withdrawn": len(story.withdrawn),
        "never-submitted": len(story.late_submission),
        "ineligible": len(story.grounds),
        "not-recommended": len({*story.over_quota, *story.set_aside, *story.late_recommendation}),
    }
    for outcome, count in wanted.items():
        if outcomes[outcome] != count:
            raise DemoFailed(
                f"{outcomes[outcome]} applications ended as {outcome}; the story wants {count}.",
                f"结果为 {outcome} 的申报有 {outcomes[outcome]} 项，应为 {count} 项。",
            )
    if [item.place for item in summary.centres] != list(range(1, listed + 1)):
        raise DemoFailed("The list's places do not run from 1 without gaps.", "名单的位次未从 1 起连续。")
    refused = Counter(code for code, *_ in summary.refusals)
    for code, count in _expect_refusals(story).items():
        if refused[code] != count:
            raise DemoFailed(
                f"{refused[code]} acts were refused as {code}; the story wants {count}.",
                f"以 {code} 拒绝的操作有 {refused[code]} 次，应为 {count} 次。",
            )
    for kind, count in _expect_acts(desk.example).items():
        if desk.acts[kind] != count:
            raise DemoFailed(
                f"{kind} was done {desk.acts[kind]} times; the story wants {count}.",
                f"{kind} 进行了 {desk.acts[kind]} 次，应为 {count} 次。",
            )
    for name in story.by_chance:
        if not desk.acts[name] + refused[name]:
            raise DemoFailed(
                f"The story wants {name} at least once; it never came.",
                f"{name} 应至少出现一次，但从未出现。",
            )


def _expect_refusals(story: Story) -> dict[str, int]:
    return {
        "late": len(story.late_submission) + len(story.late_recommendation),
        "draw-waiting": 1,
        "quota-full": len(story.over_quota),
        "same-hands": int(bool(story.objection_upheld_on)),
        "same-employer": int(bool(story.same_employer_surveyor)),
    }


def _expect_acts(example: Example) -> dict[str, int]:
    """Return how often the story wants an act, whatever the seed."""
    story = example.story
    upheld, dismissed = bool(story.objection_upheld_on), bool(story.objection_dismissed_on)
    return {
        "rule-on-conflict": int(bool(story.conflict_found)),
        "correct-review": int(bool(story.corrected)),
        "raise-objection": upheld + dismissed,
        "settle-objection": int(dismissed),
        "uphold-objection": int(upheld),
        "send-back-proposal": int(bool(story.sent_back)),
        "rule-on-amendment": int(bool(story.amended)),
        "delegate": len(story.substitutes),
        "lift-integrity-stop": int(bool(story.integrity_hit_on) and story.upheld_in_error),
        "confirm-co-building": _count_co_builders(example),
    }


def _count_co_builders(example: Example) -> int:
    """Return how many co-builders confirm: all of what is handed in in time."""
    late = example.story.late_submission
    return sum(len(example.list_co_building(item)) for item in example.applicants if item.code not in late)
