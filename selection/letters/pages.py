"""Which page of the portal a task is done on, and which a letter leads to: paths of ids, which hold nothing secret.

A test opens each as whoever the letter is written to (`tests/portal/test_letters.py`); the addresses are the portal's.
"""

from collections.abc import Mapping
from urllib.parse import quote

from selection.decision.command import COMMANDS
from selection.kernel.unfinished import Unfinished, file_of
from selection.rooms import ROOMS
from selection.wording.code_names import TASKS

_NAMED = {
    "answer-invitation": "/invitations/{place}",
    "appraise": "/do/open-appraisal/{place}",
    "approve": "/rounds/{place}/approval",
    "check": "/do/pass-check/{place}",
    "check-integrity": "/do/record-integrity-check/{place}",
    "close-appraisal": "/do/record-appraisal/{place}",
    "draw": "/rounds/{place}/draw",
    "issue": "/do/issue-list/{place}",
    "left-over": "/do/repeat-batch/{place}",
    "mend": "/applications/{place}/mend",
    "open-notice": "/do/open-public-notice/{place}",
    "propose": "/rounds/{place}/proposal",
    "recommend": "/rounds/{round}/list/{unit}",
    "review": "/reviews/{place}",
    "rule-on-integrity-hit": "/rounds/{place}/approval",
    "shortlist": "/rounds/{place}/shortlist",
    "submit-anew": "/applications/{place}/mend",
    "supplement-panel": "/rounds/{round}/draw",
    "survey": "/do/report-survey/{place}",
    "undelivered": "/do/settle-letters",
    "vote": "/do/cast-vote/{place}",
}
"""Those that are not called as the act is that ends them, or are done on a page of their own."""

PAGES = {**{kind: f"/do/{kind}/{{place}}" for kind in TASKS if kind in COMMANDS}, **_NAMED}
"""By the kind of a task, the page on which it is done."""

HOME = "/tasks"
APPLICATION = "/applications/{place}"
ROUND = "/rounds/{round}"
DESK = "/rounds/{round}/desk"
CHECKS = "/rounds/{round}/checks"
TIMELINE = "/rounds/{round}/timeline"
LIST = PAGES["recommend"]
AWAITED = "{awaited}"
"""Stands for the page of the task that a letter names."""

DONE_ON = {
    **dict.fromkeys(("task-due", "task-overdue", "round-task-due", "round-task-overdue"), AWAITED),
    "vote": PAGES["vote"],
    "fraud-reported": PAGES["rule-on-fraud"],
    **dict.fromkeys(("invitation", "invitation-reminder"), PAGES["answer-invitation"]),
    **dict.fromkeys(("review-open", "review-reminder"), PAGES["review"]),
    **dict.fromkeys(("conflict-reported", "conflict-found", "conflict-reopened"), PAGES["rule-on-conflict"]),
    **dict.fromkeys(("sent-back", "form-changed-anew"), PAGES["mend"]),
    "review-form-changed": PAGES["correct-review"],
    "reversal-entered": PAGES["reverse-decision"],
    "request-to-appoint": PAGES["appoint-deciders"],
    **dict.fromkeys(("request-to-decide", "fresh-panel-scored"), PAGES["rule-on-request"]),
    "remedy-wanted": PAGES["record-remedy"],
    **dict.fromkeys(
        ("fresh-panel-wanted", "draw-committed", "draw-voided", "draw-unfilled"), PAGES["supplement-panel"]
    ),
    **dict.fromkeys(("recommended-edited", "recommended-withdrawn", "recommended-on-paper"), LIST),
    "panel-settlement-entered": PAGES["settle-panel"],
    "objection-raised": PAGES["appoint-examiners"],
    "objection-to-examine": PAGES["settle-objection"],
    **dict.fromkeys(("co-building-asked", "co-building-reminder"), PAGES["confirm-co-building"]),
    **dict.fromkeys(("proposal-returned", "proposal-sent-back"), PAGES["propose"]),
    "intake-closed": CHECKS,
    "integrity-wanted": PAGES["check-integrity"],
    **dict.fromkeys(("integrity-hit", "approval-wanted"), PAGES["approve"]),
    "approval-complete": PAGES["issue"],
    "lobbying-reported": PAGES["rule-on-lobbying"],
    "integrity-reversal-entered": PAGES["reverse-integrity-decision"],
    "amendment-entered": PAGES["rule-on-amendment"],
    "signer-invited": "/enrol",
}
"""Letters that ask for something -> the page where it is done."""

SHOWN_ON = {
    **dict.fromkeys(
        (
            *("without-vote", "agent-now", "given-up", "fraud-ruled", "ruled-out", "chair-appointed"),
            *("chair-no-more", "chair-inactive", "judge-inactive", "seat-lost", "conflict-upheld-late"),
            *("conflict-found-told", "shortlisted", "not-shortlisted", "survey-team", "form-changed"),
            "rivals-disclosed",
            *("work-form-changed", "work-form-changed-open", "task-escalated", "task-passed-on"),
            *("reversal-declined", "decision-reversed", "decision-to-make-again", "meeting-to-hold-again"),
            *("request-received", "request-decided", "fresh-panel-ordered", "fresh-panel-reviewed"),
            *("remedy-recorded", "listed", "not-selected", "cancelled", "recommended-ended", "removed"),
            *("objected-ended", "submission-received", "recommended", "recommendation-released", "lapsed"),
            *("not-reviewed", "mending-lapsed", "check-passed", "check-failed", "objection-reopened"),
            *("notice-opened", "notice-held", "objection-settled", "objection-answered"),
            *("objection-withdrawn", "co-building-confirmed", "co-building-withdrawn", "co-building-ended"),
            "part-over",
        ),
        APPLICATION,
    ),
    **dict.fromkeys(("call-opened", "deadline-extended", "windows-extended", "outage-recorded"), ROUND),
    **dict.fromkeys(("rules-amended", "post-taken", "delegation-ended", "lobbying-ruled"), ROUND),
    **dict.fromkeys(("stage-finished", "integrity-stop-lifted", "places-filled", "approval-voided"), DESK),
    **dict.fromkeys(("round-task-escalated", "integrity-reversed"), DESK),
    **dict.fromkeys(("integrity-reversal-declined", "amendment-declined"), TIMELINE),
    **dict.fromkeys(("post-change-entered", "post-change-declined"), TIMELINE),
    **dict.fromkeys(("post-given", "post-delegated"), HOME),
    "form-amended": "/rounds/{round}/forms",
    "list-issued": "/rounds/{round}/list",
    **dict.fromkeys(("key-enrolled", "key-revoked", "address-changed"), "/keys"),
}
"""Letters that ask for nothing, or for what one of several does -> the page that shows what they tell of."""

_LEFT = "its reader has no part in the application any more, cannot open it, and has nothing left to do"
WITHOUT_PAGE = dict.fromkeys(
    ("agent-no-more", "seat-released", "survey-team-no-more", "examiner-no-more"), _LEFT
)
"""Letters that lead nowhere -> why."""


def find_path(template: str, params: Mapping[str, str]) -> str:
    """Return the path of the page that a letter leads to, empty for one that has none.

    Raises KeyError for an unknown template, or for a parameter that its path wants and the letter lacks.
    """
    if template in WITHOUT_PAGE:
        return ""
    path = DONE_ON.get(template) or SHOWN_ON[template]
    if path == AWAITED:
        whole_check = params["awaited"] == "check" and "application" not in params
        path = CHECKS if whole_check else PAGES[params["awaited"]]
    if path == LIST and not params.get("unit"):
        # Who recommends for several units finds the list of each among their tasks.
        return HOME
    place = "/".join(params[name] for name in ("round", "application") if name in params)
    names = {"place": place, "round": params.get("round", ""), "unit": params.get("unit", "")}
    return path.format(**{name: quote(value) for name, value in names.items()})


def _check() -> None:
    """Raise Unfinished for a task without a page, and for a letter that has neither a page nor a reason."""
    here = file_of(find_path)
    missing = sorted(set(TASKS) - set(PAGES))
    if missing:
        raise Unfinished(f"{', '.join(missing)}: no page for the task: _NAMED in {here}")
    lost = sorted(
        template
        for room in ROOMS
        for template in room.letters
        if sum(template in table for table in (DONE_ON, SHOWN_ON, WITHOUT_PAGE)) != 1
    )
    if lost:
        raise Unfinished(
            f"{', '.join(lost)}: one of DONE_ON, SHOWN_ON and WITHOUT_PAGE in {here} says where the letter leads"
        )


_check()
