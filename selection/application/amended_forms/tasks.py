"""Who must look again at what they filled in under a form that changed since."""

from selection.application.state import ApplicationState, FormChange
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask

_INTAKE = (Stage.SUBMITTED, Stage.RECOMMENDED)
# That a score is fixed is not told to reviewers: what awaits them stays as it is, as a correction would be answered.
_REVIEWED = (Stage.REVIEW, Stage.SCORED)


def _look_again(state: ApplicationState) -> list[OpenTask]:
    tasks: list[OpenTask] = []
    change = state.form_changes.get("application")
    version = state.submission.form_version if state.submission else ""
    if change is not None and state.stage in _INTAKE and version != change.version:
        people = (person for person in change.people if person == state.agent)
        tasks += [_task(change, "submit-anew", Role.APPLICANT, person, "submission") for person in people]
    change = state.form_changes.get("review")
    if change is not None and state.stage in _REVIEWED:
        for person in change.people:
            review = state.review_of(person)
            seated = state.seat_of(person) is not None
            if seated and review is not None and review.form.version != change.version:
                tasks.append(_task(change, "correct-review", Role.EXPERT, person, "review"))
    return tasks


def _task(change: FormChange, kind: str, role: Role, person: str, deadline: str) -> OpenTask:
    return OpenTask(
        key=f"{kind}/{change.version}/{person}",
        kind=kind,
        role=role,
        person=person,
        since=change.at,
        until=change.people[person],
        deadline=deadline,
    )


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_look_again,)
