"""Submission and recommendation, as the host units and the recommending units of the example do them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any

import yaml

from selection.application import commands as c
from selection.application.submission import Submission
from selection.forms.fields import TextField, is_personal
from selection.forms.form import Form
from selection.forms.one_text import application_form
from selection.forms.raw_answers import list_files, read_raw
from selection.kernel.actor import Role
from selection.kernel.day_clock import end_of_day, start_of_day
from selection.recommendation.commands import RankRecommendations, Recommend
from selection.round.state import RoundState
from starter.demo.acts.answers import answer_form
from starter.demo.acts.changes import announce
from starter.demo.acts.extending import hold_open
from starter.demo.chance import shuffle
from starter.demo.desk import Desk
from starter.demo.example import Applicant, Example
from starter.people.handing_in import store_answers

Wait = Callable[[Callable[[RoundState], bool]], Awaitable[RoundState]]


async def submissions(desk: Desk, wait: Wait) -> None:
    """Hand in, edit and withdraw in time; after the record shows the intake closed, come too late."""
    story = desk.example.story
    for applicant in desk.example.applicants:
        # One after the other: the number is part of what the draw's key is stretched over.
        await desk.number(applicant.code, applicant.agent)
    in_time = [item for item in desk.example.applicants if item.code not in story.late_submission]
    acts = _all((announce(desk), *(_submit_in_time(desk, item) for item in in_time)))
    await hold_open(desk, *_window(desk, "call", "submission"), acts)
    await wait(lambda state: "submission" in state.closed)
    for code in story.late_submission:
        late = desk.example.applicant(code)
        command = c.Submit(submission=await submission(desk, late, revision=1))
        await desk.expect(desk.streams[code], command, late.agent, Role.APPLICANT, "late")


async def _submit_in_time(desk: Desk, applicant: Applicant) -> None:
    story, stream, agent = desk.example.story, desk.streams[applicant.code], applicant.agent
    revisions = (1, 2) if applicant.code in story.edited else (1,)
    for revision in revisions:
        command = c.Submit(submission=await submission(desk, applicant, revision))
        desk.keep_time(*_window(desk, "call", "submission"))
        await desk.act(stream, command, agent, Role.APPLICANT)
    if applicant.code not in story.unconfirmed:
        desk.keep_time(*_window(desk, "call", "submission"))
        await confirm(desk, applicant, revisions[-1])
    if applicant.code in story.withdrawn:
        reason = await desk.text("计划有变，撤回申报。\nPlans have changed; withdrawn.", agent)
        await desk.act(stream, c.Withdraw(reason=reason), agent, Role.APPLICANT)


async def confirm(desk: Desk, applicant: Applicant, revision: int, confirmed: Collection[str] = ()) -> None:
    """Let each co-builder confirm a version that has not, where the rules ask for it."""
    for unit, person in desk.example.list_co_building(applicant):
        if unit in confirmed:
            continue
        command = c.ConfirmCoBuilding(co_builder=unit, revision=revision)
        await desk.act(desk.streams[applicant.code], command, person, Role.APPLICANT)


async def submission(desk: Desk, applicant: Applicant, revision: int, *, sealed: bool = False) -> Submission:
    """Store an application's answers and return its version; `sealed` mends what the story left unsealed."""
    form = application_form(desk.example.rules.forms)
    typed = fill_form_in(desk.example, applicant, revision, sealed=sealed)
    refs = {
        path: await desk.text(_text_of(written), applicant.agent) for path, written in list_files(form, typed)
    }
    answers = read_raw(form, typed, lambda path, _: {"id": refs[path].id, "sha256": refs[path].sha256})
    assert isinstance(answers, dict)
    return await store_answers(form, answers, partial(desk.text, person=applicant.agent))


def fill_form_in(
    example: Example, applicant: Applicant, revision: int, *, sealed: bool = False
) -> dict[str, Any]:
    """Return what an applicant types into the form for a version."""
    form = application_form(example.rules.forms)
    typed = read_filled_form(applicant)
    if applicant.code in example.story.unsealed and not sealed:
        del typed[form.by_entry["seals"].code]
    if "avoid" in form.by_entry:
        typed[form.by_entry["avoid"].code] = list(applicant.avoid)
    if revision > 1:
        typed[_choose_field(form)] += f"\n第 {revision} 版有所调整。\nAdjusted in version {revision}."
    return typed


def _choose_field(form: Form) -> str:
    """Return the field that applicants go over once more: the last long text that is not about a person."""
    texts = [field for field in form.fields() if isinstance(field, TextField) and field.lines]
    return [field.code for field in texts if not is_personal(field)][-1]


def read_filled_form(applicant: Applicant) -> dict[str, Any]:
    """Return what an applicant typed into the form."""
    typed: dict[str, Any] = yaml.load(applicant.text, Loader=yaml.CBaseLoader)  # noqa: S506  texts alone
    return typed


def _text_of(written: Any) -> str:
    """Return what a file of the example holds: a text, written out or as {text: ...}."""
    return str(written["text"] if isinstance(written, dict) else written)


async def recommendations(desk: Desk, wait: Wait) -> None:
    """Recommend and rank within the quota and once beyond it; after the deadline, come too late.

    Where the rules leave recommendation out, what was submitted goes on by itself.
    """
    if not desk.example.rules.stages.recommendation:
        return
    story = desk.example.story
    units = sorted({item.unit for item in desk.example.applicants})
    acts = _all(_recommend_in_time(desk, unit) for unit in units)
    await hold_open(desk, *_window(desk, "submission", "recommendation"), acts)
    await wait(lambda state: "recommendation" in state.closed)
    for code in story.late_recommendation:
        unit = desk.example.applicant(code).unit
        # A list closes a moment after its round; until then it would put the refusal into its own stream.
        await desk.until_closed(desk.list_stream(unit))
        recommended = await _recommend(desk, code)
        await desk.expect(desk.list_stream(unit), recommended, *_agent(unit), "late")


async def _recommend_in_time(desk: Desk, unit: str) -> None:
    story = desk.example.story
    left_out = {*story.withdrawn, *story.late_submission, *story.set_aside, *story.late_recommendation}
    looked_at = [item.code for item in desk.example.applicants if item.unit == unit]
    wanted = [code for code in looked_at if code not in left_out]
    within = [code for code in wanted if code not in story.over_quota]
    for code in within:
        desk.keep_time(*_window(desk, "submission", "recommendation"))
        await desk.act(desk.list_stream(unit), await _recommend(desk, code), *_agent(unit))
    for code in wanted:
        if code in story.over_quota:
            recommended = await _recommend(desk, code)
            await desk.expect(desk.list_stream(unit), recommended, *_agent(unit), "quota-full")
    if len(within) > 1:
        order = shuffle([_number(desk, code) for code in within], desk.seed, unit, "ranking")
        await desk.act(desk.list_stream(unit), RankRecommendations(order=tuple(order)), *_agent(unit))


def _window(desk: Desk, first: str, last: str) -> tuple[datetime, datetime]:
    """Return the window that opens with the call or after an earlier deadline, and closes with a later one."""
    rules = desk.example.rules
    opened = start_of_day if first == "call" else end_of_day
    return opened(rules.clock, getattr(rules.calendar, first)), end_of_day(
        rules.clock, getattr(rules.calendar, last)
    )


async def _recommend(desk: Desk, code: str) -> Recommend:
    revision = 2 if code in desk.example.story.edited else 1
    person, _ = _agent(desk.example.applicant(code).unit)
    form = await answer_form(desk, "opinion", code, person)
    return Recommend(application=_number(desk, code), revision=revision, form=form)


def _number(desk: Desk, code: str) -> str:
    return desk.about(desk.streams[code])


def _agent(unit: str) -> tuple[str, Role]:
    return f"unit-{unit}", Role.RECOMMENDER


async def _all(acts: Iterable[Awaitable[None]]) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            for act in acts:
                group.create_task(_one(act))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def _one(act: Awaitable[None]) -> None:
    await act
