"""Shortlist, site survey and overall appraisal, as officers, teams and chairs of the example do them."""

from decimal import Decimal

from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of
from selection.projections.choosing import choose_shortlisting
from selection.round.commands import FixShortlist
from starter.demo.acts import choices
from starter.demo.acts.answers import answer_form
from starter.demo.desk import Desk

PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="60">'
    '<text x="8" y="36">Synthetic photo: {title}</text></svg>'
)


async def shortlist(desk: Desk, _task: TaskRow) -> bool:
    """Take those by rank; where sites are visited, also the best below the cut whose region is not among them."""
    officer = desk.example.rules.staff.officers[0]
    if not desk.example.rules.stages.survey:
        await desk.act(desk.round_stream, FixShortlist(), officer, Role.OFFICER)
        return True
    rows = await desk.client.ledger.reading.applications(desk.round, "scored")
    added = find_addition_below_cut(
        [(row["number"], Decimal(row["score"]), row["region"]) for row in rows], _size(desk)
    )
    reasons = {}
    if added:
        reasons[added] = await desk.text(
            "所在地区无其他入围项目，增补现场勘查。\nNo other one of its region is listed; added.", officer
        )
    await desk.act(desk.round_stream, choose_shortlisting(reasons, {}), officer, Role.OFFICER)
    return True


def find_addition_below_cut(scored: list[tuple[str, Decimal, str]], size: int) -> str:
    """Return the best application below the cut from a region that has none above it, or nothing."""
    ordered = sorted(scored, key=lambda item: (-item[1], item[0]))
    if len(ordered) <= size:
        return ""
    cut = ordered[size - 1][1]
    regions = {region for _, score, region in ordered if score >= cut}
    return next((number for number, score, region in ordered if score < cut and region not in regions), "")


def _size(desk: Desk) -> int:
    return int(desk.example.rules.places * desk.example.rules.shortlist.factor)


async def appoint_team(desk: Desk, task: TaskRow) -> bool:
    """Name three surveyors of other units; in one case first somebody of the applicant's own."""
    code = desk.codes[task.stream]
    officer = choices.officer(desk.example.rules.staff.officers, code)
    size = desk.example.rules.survey.min_team
    members = choices.team(desk.seed, code, desk.example.list_people("surveyor-"), size)
    if code == desk.example.story.same_employer_surveyor:
        own = desk.example.applicant(code).agent
        wrong = c.AppointSurveyTeam(lead=members[0], members=(*members[:-1], own))
        await desk.expect(task.stream, wrong, officer, Role.OFFICER, "same-employer")
    named = c.AppointSurveyTeam(lead=members[0], members=members)
    await desk.act(task.stream, named, officer, Role.OFFICER)
    return True


async def survey(desk: Desk, task: TaskRow) -> bool:
    """Report findings for each content, with a photo by its hash."""
    code, lead = desk.codes[task.stream], task.person or ""
    applicant = desk.example.applicant(code)
    findings = {
        item.code: await desk.text(
            f"{item.zh}：与申报材料一致（合成）。\n{item.en}: as the form says (synthetic).", lead
        )
        for item in desk.example.rules.criteria
    }
    photo = PHOTO.format(title=applicant.title_en).encode()
    reported = c.ReportSurvey(
        day=day_of(desk.example.rules.clock, task.since).isoformat(),
        findings=findings,
        photos=(await desk.file(photo, "image/svg+xml", lead),),
        verdict=choices.verdict(desk.seed, code),
        form=await answer_form(desk, "survey", code, lead),
    )
    await desk.act(task.stream, reported, lead, Role.SURVEYOR)
    return True


async def appoint_chair(desk: Desk, task: TaskRow) -> bool:
    """Name one of the panel its chair, for a reason; another officer signs too."""
    code = desk.codes[task.stream]
    officer = choices.officer(desk.example.rules.staff.officers, code)
    chair = choices.chair(desk.seed, code, panel_of(await desk.application(task.stream)))
    why = await desk.text(
        "熟悉该领域，且能到会主持。\nKnows the field, and can be there to lead the meeting.", officer
    )
    await desk.act(task.stream, c.AppointChair(chair=chair, reason=why), officer, Role.OFFICER)
    return True


async def appraise(desk: Desk, task: TaskRow) -> bool:
    """Open the vote of the panel's meeting."""
    state = await desk.application(task.stream)
    await desk.act(task.stream, c.OpenAppraisal(present=panel_of(state)), task.person or "", Role.CHAIR)
    return True


async def vote(desk: Desk, task: TaskRow) -> bool:
    """Cast one's own vote and score, with a dissent in writing where it is against."""
    code, member = desk.codes[task.stream], task.person or ""
    state = await desk.application(task.stream)
    assert state.meeting is not None
    assert state.score is not None
    voters, full = state.meeting.voters, desk.example.rules.full_marks
    choice = choices.vote(desk.seed, code, voters, state.chair, member)
    score = choices.choose_own_score(desk.seed, code, state.score.shown, full, voters, member)
    dissent = None
    if choice == "against":
        dissent = await desk.text("中试条件尚不充分。\nThe pilot line is not ready.", member)
    own = None if choice == "abstained" else score
    cast = c.CastVote(meeting=state.meeting.number, vote=choice, score=own, dissent=dissent)
    await desk.act(task.stream, cast, member, Role.EXPERT)
    return True


async def close_appraisal(desk: Desk, task: TaskRow) -> bool:
    """Record the panel's meeting as its members voted."""
    code, chair = desk.codes[task.stream], task.person or ""
    state = await desk.application(task.stream)
    assert state.meeting is not None
    recorded = c.RecordAppraisal(
        meeting=state.meeting.number,
        text=await desk.text("专家组意见：同意提交综合比选。\nThe panel agrees to put it forward.", chair),
        form=await answer_form(desk, "appraisal", code, chair),
    )
    await desk.act(task.stream, recorded, chair, Role.CHAIR)
    return True


def panel_of(state: ApplicationState) -> tuple[str, ...]:
    """Return who reviewed the application, by id: which seat they sat on does not matter."""
    return tuple(sorted(seat.expert for seat in state.seats if seat.status == "submitted"))
