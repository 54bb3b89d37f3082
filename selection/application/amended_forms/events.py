"""What a form that changed means for an application: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.application.state import ApplicationState, FormChange
from selection.decision.aggregate import Event
from selection.forms.form import FormName
from selection.kernel.leaf import Instant, Leaf
from selection.process.room import Fold


class ApplicationFormChanged(Event):
    """The application form changed after the present version was handed in, which stays valid under its own.

    `changed` are the fields that ask something else, or are new or gone. `unfit` says where the version would not fit
    the new form, `faults_count` how often; `people` must look again, or nobody.
    """

    TYPE = "application.form-changed.v1"
    amendment: int
    was: str
    form_version: str
    changed: tuple[str, ...]
    unfit: tuple[str, ...]
    faults_count: int
    people: tuple[str, ...]
    until: Instant | None
    AUDIENCE = {
        "*": "applicant co-builder admin",
        "amendment": "applicant co-builder",
        "was": "applicant co-builder",
        "form_version": "applicant co-builder",
        "changed": "applicant co-builder",
        "unfit": "applicant",
        "faults_count": "applicant",
        "people": "",
        "until": "applicant co-builder",
    }


class WorkFormChanged(Event):
    """The form of a review, a survey or an appraisal changed; `people` must look again, with until when each has."""

    TYPE = "application.work-form-changed.v1"
    amendment: int
    form_name: FormName
    was: str
    form_version: str
    changed: tuple[str, ...]
    people: Annotated[dict[str, Instant | None], Field(max_length=100)]
    AUDIENCE = {
        "*": "admin",
        "amendment": "",
        "form_name": "",
        "was": "",
        "form_version": "",
        "changed": "",
        "people": "",
    }


def _fold_application(
    state: ApplicationState, event: ApplicationFormChanged, leaf: Leaf
) -> dict[str, object]:
    people: dict[str, Instant | None] = dict.fromkeys(event.people, event.until)
    return _with_change(state, "application", event.form_version, people, leaf)


def _fold_work(state: ApplicationState, event: WorkFormChanged, leaf: Leaf) -> dict[str, object]:
    return _with_change(state, event.form_name, event.form_version, event.people, leaf)


def _with_change(
    state: ApplicationState, name: FormName, version: str, people: dict[str, Instant | None], leaf: Leaf
) -> dict[str, object]:
    change = FormChange(version=version, people=people, at=leaf.at)
    return {"form_changes": {**state.form_changes, name: change}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ApplicationFormChanged: _fold_application,
    WorkFormChanged: _fold_work,
}
