"""What falls with a decision that is reversed: the auditor's own, apart from the core's."""

from collections.abc import Collection, Mapping

from audit.rules.fold import ApplicationStep
from selection.kernel.stages import Stage

FALLING: Mapping[Stage, tuple[str, ...]] = {
    Stage.PROPOSED: ("proposal",),
    Stage.RESERVE: ("proposal",),
    Stage.NOTICE: ("proposal", "notice"),
    Stage.CLEARED: ("proposal", "notice", "approvals"),
}
"""What of a proposal falls with any decision under it, by the application's stage."""


def list_falling(
    step: ApplicationStep, name: str, was: str, *, met: bool, made: Collection[str]
) -> tuple[str, ...]:
    """Return what falls with a decision, written down a second time; `met` and `made` tell how far it was."""
    if was in ("failed", "left-off", "sent-back"):
        return ("mending",) if was == "sent-back" else ("end",)
    if was == "upheld" and name.startswith("objection/"):
        return ("end",)
    if name.startswith("objection/"):
        return ("passing", "approvals") if step.before.stage is Stage.CLEARED else ()
    if name.startswith("conflict/"):
        report = name.partition("/")[2]
        person = step.before.reports[report].expert
        others = [item for key, item in step.before.reports.items() if key != report and item.upheld]
        if person in {item.expert for item in others}:
            return ()
        free = {seat.number for seat in step.before.seats if seat.status == "empty" and seat.expert == person}
        void = {
            item.seat
            for item in step.before.reviews
            if item.void and not item.declared and item.expert == person
        }
        back = ("vacancy", "score") if step.before.score is not None else ("vacancy",)
        return back if was == "upheld" and free & void else ()
    meeting = ("meeting",) if met and name != "check" else ()
    verdict = ("appraisal",) if name in ("shortlist", "survey") and "appraisal" in made else ()
    if was == "added":
        return (*meeting, *(("survey",) if "survey" in made else ()), *verdict)
    return (*meeting, *verdict, *FALLING.get(step.before.stage, ()))
