"""The legality check, as officers and applicants of the example do it."""

from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.application.co_builders import list_unconfirmed
from selection.kernel.actor import Role
from starter.demo.acts import choices
from starter.demo.acts.intake import confirm, submission
from starter.demo.desk import Desk


async def check(desk: Desk, task: TaskRow) -> bool:
    """Pass, fail, or send back what lacks its seals, and a co-builder's confirmation if that is missing too."""
    code, story = desk.codes[task.stream], desk.example.story
    state = await desk.application(task.stream)
    if state.sent_back and list_unconfirmed(state):
        # They are about to confirm what was mended.
        return False
    officer = choices.officer(desk.example.rules.staff.officers, code)
    if code in story.grounds:
        grounds = story.grounds[code]
        text = await desk.text(
            f"经审查，不符合征集范围：{'、'.join(grounds)}。\nOutside the call: {', '.join(grounds)}.",
            officer,
        )
        near = story.directions.get(code, ())
        failed = c.FailCheck(revision=state.revision, grounds=grounds, text=text, directions=near)
        await desk.act(task.stream, failed, officer, Role.OFFICER)
    elif code in story.unsealed and state.sent_back == 0:
        text = await desk.text("请补盖公章。\nAdd the seals, please.", officer)
        missing = ("co-builder-unconfirmed",) if code in story.unconfirmed else ()
        faults = ("seals-missing", *missing)
        await desk.act(task.stream, c.SendBack(faults=faults, text=text), officer, Role.OFFICER)
    else:
        rulings = story.rulings.get(code, ())
        said = "提示事项已核实，不影响合法性。\nThe warnings were looked into; the bid is lawful."
        reason = await desk.text(said, officer) if rulings else None
        passed = c.PassCheck(revision=state.revision, rulings=rulings, text=reason)
        await desk.act(task.stream, passed, officer, Role.OFFICER)
    return True


async def mend(desk: Desk, task: TaskRow) -> bool:
    """Hand in the version with its seals, and let co-builders confirm it who have not, or not as it is now."""
    applicant = desk.example.applicant(desk.codes[task.stream])
    state = await desk.application(task.stream)
    # Only the seals come: what the form keeps stays as it was handed in.
    mended = await submission(desk, applicant, state.revision, sealed=True)
    await desk.act(task.stream, c.Mend(submission=mended), applicant.agent, Role.APPLICANT)
    state = await desk.application(task.stream)
    await confirm(desk, applicant, state.revision, state.confirmed)
    return True
