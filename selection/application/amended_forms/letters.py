"""The letters about a form that changed: what they say to whoever filled it in, or has it in hand."""

from selection.application.amended_forms.events import ApplicationFormChanged, WorkFormChanged
from selection.application.letters import to
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _tell_agent(event: ApplicationFormChanged, state: ApplicationState) -> list[Letter]:
    """Tell whoever handed the application in, also where it fits: nobody learns of a change by chance."""
    if event.until is None or not state.agent:
        return []
    said = {"was": event.was, "version": event.form_version, "until": event.until.isoformat()}
    said["changed"] = ", ".join(event.changed) or "-"
    if event.people:
        said["unfit"] = ", ".join(event.unfit)
    return to([state.agent], "form-changed-anew" if event.people else "form-changed", state, **said)


def _tell_workers(event: WorkFormChanged, state: ApplicationState) -> list[Letter]:
    said = {"was": event.was, "version": event.form_version, "form_name": event.form_name}
    said["changed"] = ", ".join(event.changed) or "-"
    letters = list[Letter]()
    for person, until in event.people.items():
        done = event.form_name == "review" and state.review_of(person) is not None
        when = {"until": until.isoformat()} if until is not None else {}
        template = (
            "review-form-changed" if done else "work-form-changed" if when else "work-form-changed-open"
        )
        letters += to([person], template, state, **said, **when)
    return letters


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ApplicationFormChanged: _tell_agent,
    WorkFormChanged: _tell_workers,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "form-changed-anew": {
        "en": (
            "Application {application}: the form changed; please look again by {until}",
            "The application form of round {round} changed from version {was} to {version}, in these fields: "
            "{changed}. Application {application} was handed in before and stays valid as it is, under its own "
            "version. Under the new form something would be missing or not fit: {unfit}. If you want to answer "
            "that, hand in a new version by {until}. If the application was recommended before, the new version "
            "needs to be recommended again.",
        ),
        "zh": (
            "申报 {application}：申报表已变更，请于{until}前重新查看",
            "{round} 轮次申报表由 {was} 版改为 {version} 版，涉及项目：{changed}。申报 {application} 此前已提交，"
            "按其原版本仍然有效。按新表单，以下内容缺失或不符：{unfit}。如需补充，请于{until}前提交新版本。此前已"
            "获推荐的，新版本须重新推荐。",
        ),
    },
    "form-changed": {
        "en": (
            "Application {application}: the form changed; nothing is to be done",
            "The application form of round {round} changed from version {was} to {version}, in these fields: "
            "{changed}. Application {application} was handed in before and stays valid as it is; its answers fit "
            "the new form as well. Should you hand in a new version by {until}, its page shows the new form.",
        ),
        "zh": (
            "申报 {application}：申报表已变更，无需办理",
            "{round} 轮次申报表由 {was} 版改为 {version} 版，涉及项目：{changed}。申报 {application} 此前已提交，"
            "仍然有效，其内容也符合新表单。如于{until}前提交新版本，请使用页面所示的新表单。",
        ),
    },
    "review-form-changed": {
        "en": (
            "Application {application}: the review form changed; please look again by {until}",
            "The review form of round {round} changed from version {was} to {version}, in these fields: {changed}"
            ". Your review of application {application} stays valid under its own version. If you want to answer "
            "the new form, correct your review by {until}.",
        ),
        "zh": (
            "申报 {application}：评审表已变更，请于{until}前重新查看",
            "{round} 轮次评审表由 {was} 版改为 {version} 版，涉及项目：{changed}。您对申报 {application} 的评审按"
            "其原版本仍然有效。如需按新表单填写，请于{until}前更正评审。",
        ),
    },
    "work-form-changed": {
        "en": (
            "Application {application}: the form that you fill in changed; please look again by {until}",
            "The form that you fill in about application {application} in round {round} ({form_name}) changed "
            "from version {was} to {version}, in these fields: {changed}. Please use the new one by {until}; one "
            "filled in under the old version is no longer taken.",
        ),
        "zh": (
            "申报 {application}：您所填表单已变更，请于{until}前重新查看",
            "{round} 轮次申报 {application} 由您填写的表单（{form_name}）由 {was} 版改为 {version} 版，涉及项目："
            "{changed}。请于{until}前使用新表单填写；按原版本填写的不再接收。",
        ),
    },
    "work-form-changed-open": {
        "en": (
            "Application {application}: the form that you fill in changed",
            "The form that you fill in about application {application} in round {round} ({form_name}) changed "
            "from version {was} to {version}, in these fields: {changed}. Please use the new one; one filled in "
            "under the old version is no longer taken.",
        ),
        "zh": (
            "申报 {application}：您所填表单已变更",
            "{round} 轮次申报 {application} 由您填写的表单（{form_name}）由 {was} 版改为 {version} 版，涉及项目："
            "{changed}。请使用新表单填写；按原版本填写的不再接收。",
        ),
    },
}
"""What the letters say."""
