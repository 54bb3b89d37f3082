"""Which page a task is done on, and what waits next."""

from portal.visit import Visit
from reading.models import ShownTask, TasksAsked
from selection.streams import log_of

PAGES = {
    "answer-invitation": "/invitations/{place}",
    "appoint-chair": "/do/appoint-chair/{place}",
    "appoint-deciders": "/do/appoint-deciders/{place}",
    "appoint-examiners": "/do/appoint-examiners/{place}",
    "appoint-survey-team": "/do/appoint-survey-team/{place}",
    "appraise": "/do/open-appraisal/{place}",
    "approve": "/rounds/{place}/approval",
    "check": "/do/pass-check/{place}",
    "check-integrity": "/do/record-integrity-check/{place}",
    "close-appraisal": "/do/record-appraisal/{place}",
    "confirm-co-building": "/do/confirm-co-building/{place}",
    "correct-review": "/do/correct-review/{place}",
    "rule-on-request": "/do/rule-on-request/{place}",
    "draw": "/rounds/{place}/draw",
    "issue": "/do/issue-list/{place}",
    "left-over": "/do/repeat-batch/{place}",
    "mend": "/applications/{place}/mend",
    "open-call": "/do/open-call/{place}",
    "open-notice": "/do/open-public-notice/{place}",
    "propose": "/rounds/{place}/proposal",
    "record-remedy": "/do/record-remedy/{place}",
    "review": "/reviews/{place}",
    "rule-on-amendment": "/do/rule-on-amendment/{place}",
    "rule-on-lobbying": "/do/rule-on-lobbying/{place}",
    "rule-on-fraud": "/do/rule-on-fraud/{place}",
    "rule-on-conflict": "/do/rule-on-conflict/{place}",
    "rule-on-integrity-hit": "/rounds/{place}/approval",
    "reverse-decision": "/do/reverse-decision/{place}",
    "reverse-integrity-decision": "/do/reverse-integrity-decision/{place}",
    "settle-panel": "/do/settle-panel/{place}",
    "settle-objection": "/do/settle-objection/{place}",
    "shortlist": "/rounds/{place}/shortlist",
    "submit-anew": "/applications/{place}/mend",
    "supplement-panel": "/rounds/{round}/draw",
    "survey": "/do/report-survey/{place}",
    "undelivered": "/do/settle-letters",
    "vote": "/do/cast-vote/{place}",
}
"""By the kind of a task, the page on which it is done."""

LOOKED_AT = 25
"""Tasks among which the next one is looked for, the most urgent ones."""


def find_page(task: ShownTask) -> str:
    """Return the page on which a task is done, empty where there is none yet."""
    place = task.stream.partition("/")[2]
    return PAGES.get(task.kind, "").format(place=place, round=log_of(task.stream))


async def find_next(visit: Visit) -> tuple[ShownTask, str] | None:
    """Return the most urgent task of the visitor that has a page, with that."""
    first = await visit.reads.tasks.list_page(visit.subject, TasksAsked(limit=LOOKED_AT))
    tasks = first.tasks if first is not None else await visit.reads.tasks.list_open(visit.subject)
    return next(((task, page) for task in tasks if (page := find_page(task))), None)
