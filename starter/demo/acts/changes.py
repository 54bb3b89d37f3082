"""What changes while the round runs: a field of its rules, and who stands in for whom, as the example plans it."""

from selection.kernel.actor import Role
from selection.round.commands import AmendRules, Delegate, RuleOnAmendment
from selection.rules.changing.amendments import read_value
from starter.demo.desk import Desk


async def announce(desk: Desk) -> None:
    """Amend the rules in the open, and name substitutes, while applications come in."""
    await _amend_rules(desk)
    for holder, substitute in desk.example.story.substitutes.items():
        reason = await desk.text("因公外出，委托他人代行岗位。\nAway on duty; somebody stands in.", holder)
        calendar = desk.example.rules.calendar
        # A slow machine needs more rehearsed days for the same acts.
        last = calendar.call.replace(year=calendar.call.year + 20)
        delegated = Delegate(substitute=substitute, first=calendar.call, last=last, reason=reason)
        await desk.act(desk.round_stream, delegated, holder, Role.APPROVER)


async def _amend_rules(desk: Desk) -> None:
    """Enter the story's amendment, and have an approver agree to it."""
    amended, rules = desk.example.story.amended, desk.example.rules
    if amended is None:
        return
    officer, approver = rules.staff.officers[0], rules.approval[0].approvers[0]
    before = read_value(rules, amended.path)
    assert before is not None
    entered = AmendRules(
        path=amended.path,
        before=before,
        after=amended.after,
        reason=await desk.text(amended.reason.text(), officer),
    )
    await desk.act(desk.round_stream, entered, officer, Role.OFFICER)
    consent = await desk.text("同意修订。\nAgreed.", approver)
    agreed = RuleOnAmendment(number=1, ruling="agreed", reason=consent)
    await desk.act(desk.round_stream, agreed, approver, Role.APPROVER)
