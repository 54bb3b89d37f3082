"""Why an event writes to nobody, an act is in nobody's task, and which claims judge what no rule has by its type.

Pages, sentences, audiences and refusals are asked for while rooms are imported; these three parts only some have.
"""

NEXT = "it stays within its stage; whoever is awaited next is told by what follows"
OWN = "whoever did it knows, and nobody else has to do anything about it"
ENGINE = "the engine's own bookkeeping, which asks nothing of anybody"
SECRET = "it is not told before the public notice, or before the outcome"

NO_LETTER = {
    "application.check-opened.v1": "officers are told once, by the round, that the intake is closed",
    "review.submitted.v1": OWN,
    "review.corrected.v1": OWN,
    "house-tie.dismissed.v1": "it comes with a ruling, whose letters go out; the application's page says it",
    "conflict.declared.v1": "whoever declared it knows, and whoever gets the seat is invited",
    "review.voided.v1": "it comes with a declaration or a ruling, whose letters go out; who reviews stays hidden",
    "application.scored.v1": SECRET,
    "panel.lowered.v1": "an officer and a supervisor entered it; the panel is not asked for anything",
    "survey.reported.v1": NEXT,
    "survey.left-out.v1": "the sealed rules say so, which everybody may read",
    "appraisal.voted.v1": "a member's own act; the chair sees who is awaited",
    "appraisal.recorded.v1": SECRET,
    "appraisal.left-out.v1": "the sealed rules say so, which everybody may read",
    "application.proposed.v1": SECRET,
    "application.in-reserve.v1": SECRET,
    "notice.passed.v1": "it tells the applicant nothing yet: approval may still send the item back",
    "notice.left-out.v1": "the sealed rules say so, which everybody may read",
    "review-request.finding-entered.v1": "the other deciders were asked already, and find by themselves",
    "list.withdrawn.v1": "the applicant is told when the application takes it (recommendation released)",
    "list.freed.v1": "who recommended it gets the refusal of their act, or the letter of what the applicant did",
    "list.ranked.v1": OWN,
    "list.never-opened.v1": "whoever sent something to it got a refusal",
    "list.closed.v1": "its day was in the letter that the call is open",
    "round.opened.v1": "that the call is open is told by its own event",
    "round.amendment-agreed.v1": "the others of the level were asked when the change was entered, and have a task",
    "round.submission-closed.v1": "applicants were reminded before it; what is left waits for the recommenders",
    "round.cancelled.v1": "each application is told of its end as the round's act is carried out",
    "round.batch-finished.v1": "what is left over is a task of the officers",
    "round.batch-repeated.v1": OWN,
    "draw.numbers-entered.v1": "whoever opens the draw was asked to when it was committed",
    "draw.opened.v1": "the engine draws by itself, and who is drawn is invited",
    "round.shortlist-fixed.v1": "each application tells its own people as it is carried out",
    "round.proposed.v1": SECRET,
    "round.notice-opened.v1": "each application tells its own people as it is carried out",
    "round.items-left.v1": "each application told its own people when it ended",
    "histories.archived.v1": ENGINE,
    "person.tie-declared.v1": "their own word; what it binds is put before a supervisor as a conflict, by letter",
    "person.erased.v1": "there is no address any more",
    "letter.settled.v1": "an officer's own act about a letter that could not be delivered",
    "papers.recorded.v1": OWN,
    "log.restored.v1": "administrators choose it with the operator beside them; everybody reads it in the log",
    "message.refused.v1": "whoever sent it got the refusal",
    "installation.founded.v1": OWN,
    "code.renewed.v1": "the code itself goes out with the invitation that follows",
    "portals.named.v1": "two administrators choose it; who goes to another page is told there where to sign in",
    "code.missed.v1": "whoever typed it sees it; after five the person is sent a new one",
    "key.ended.v1": OWN,
    "unit.registered.v1": "whom it binds is found in each application, which tells a supervisor",
}
"""Event -> why nobody is written to."""

ENDS_TASK = {
    **dict.fromkeys(("pass-check", "fail-check", "send-back"), "check"),
    **dict.fromkeys(("accept-invitation", "decline-invitation"), "answer-invitation"),
    **dict.fromkeys(("submit-review", "declare-conflict"), "review"),
    "report-survey": "survey",
    "open-appraisal": "appraise",
    "cast-vote": "vote",
    "record-appraisal": "close-appraisal",
    "uphold-objection": "settle-objection",
    "decline-reversal": "reverse-decision",
    "decline-integrity-reversal": "reverse-integrity-decision",
    "submit": "submit-anew",
    **dict.fromkeys(("commit-draw", "enter-draw-numbers", "open-draw"), "draw"),
    **dict.fromkeys(("fix-shortlist", "fix-deviating-shortlist"), "shortlist"),
    "open-public-notice": "open-notice",
    "record-integrity-check": "check-integrity",
    **dict.fromkeys(("clear-integrity-hit", "uphold-integrity-hit"), "rule-on-integrity-hit"),
    "send-back-proposal": "approve",
    "issue-list": "issue",
    "repeat-batch": "left-over",
}
"""Act -> the task that it ends, where that is called otherwise than the act."""

ENDED_BY_ENGINE = {"supplement-panel": "it ends once the engine seats whom a draw found for the empty seats"}
"""Task -> why no act of people ends it by itself."""

RIGHT = "a right of who applies or objects, used or not"
RIGHT_OF_POSTS = "a right of officers and supervisors, who are told of the entry by letter; most decline none"
REPORT = "whoever sees something reports it; nobody is asked to"
CHANGE = "something happened that no calendar knows: people leave, err or fall out"
ASKED_FOR = "nobody waits for it: the process goes on without"
REGISTER = "the register is kept as people and units come; no round waits for it by name"
OWN_KEYS = "people's own keys and sessions"

NO_TASK = {
    **dict.fromkeys(
        ("withdraw", "give-up", "request-review", "raise-objection", "withdraw-objection"), RIGHT
    ),
    **dict.fromkeys(("report-conflict", "refer-conflict", "report-fraud", "report-lobbying"), REPORT),
    **dict.fromkeys(("declare-project", "declare-tie", "report-unreached"), REPORT),
    **dict.fromkeys(("replace-agent", "change-post", "delegate", "end-delegation"), CHANGE),
    "agree-on-post": "a letter asks for the second entry; whoever would wait for it may as well decline it",
    "decline-post-change": RIGHT_OF_POSTS,
    **dict.fromkeys(
        ("extend-deadline", "record-outage", "amend-form", "amend-rules", "cancel-round"), CHANGE
    ),
    **dict.fromkeys(("void-draw", "reopen-objection", "lift-integrity-stop"), CHANGE),
    **dict.fromkeys(("fill-places", "propose-deviating", "record-papers"), ASKED_FOR),
    **dict.fromkeys(("withdraw-recommendation", "rank-recommendations"), "a unit may recommend nobody"),
    "recommend-on-paper": "what came on paper is entered as it comes",
    "settle-letters": "what could not be delivered is a list of its own, one line in the list of tasks",
    "open-round": "there is no round yet that could wait",
    **dict.fromkeys(("register-people", "register-staff", "register-agents", "register-units"), REGISTER),
    **dict.fromkeys(("erase-person", "record-restoration"), "asked for outside of the system"),
    **dict.fromkeys(("enrol-key", "revoke-key", "end-session", "revoke-lost-key", "invite-signer"), OWN_KEYS),
    "name-portals": "asked for outside of the system",
}
"""Act of people -> why it is in nobody's task."""

CLAIMS_BESIDE = {
    "conflict.declared.v1": ("recusals-kept",),
    "conflict.reported.v1": ("found-conflicts-hold", "reports-bounded"),
    "conflict.found.v1": ("found-conflicts-hold",),
    "house-tie.dismissed.v1": ("found-conflicts-hold",),
    "judge.activity-changed.v1": ("found-conflicts-hold",),
    **dict.fromkeys(
        ("panel.settlement-entered.v1", "panel.lowered.v1", "application.not-reviewed.v1"),
        ("panels-settled",),
    ),
    "application.given-up.v1": ("list-equals-outcomes",),
    **dict.fromkeys(("application.reminded.v1", "round.reminded.v1"), ("reminders-climb",)),
    **dict.fromkeys(("approval.given.v1", "approval.voided.v1"), ("approvals-in-order",)),
    "decision.reversed.v1": ("decisions-reversed",),
    "decision.reversal-entered.v1": ("decisions-reversed",),
    "decision.reversal-declined.v1": ("decisions-reversed",),
    "review-request.made.v1": ("review-requests-decided",),
    "review-request.finding-entered.v1": ("review-requests-decided",),
    "review-request.decided.v1": ("review-requests-decided",),
    "review-request.panel-reviewed.v1": ("fresh-panels-kept",),
    "review-request.remedied.v1": ("review-requests-decided",),
    "application.agent-replaced.v1": ("agents-followed",),
    "round.cancelled.v1": ("decisions-carried-out", "list-equals-outcomes"),
    "round.batch-repeated.v1": ("acts-in-stage", "decisions-follow"),
    "round.post-delegated.v1": ("substitutes-in-bounds",),
    "round.delegation-ended.v1": ("substitutes-in-bounds",),
    "histories.archived.v1": ("histories-kept",),
    "person.registered.v1": (
        "register-follows",
        "actors-active",
        "no-conflict-from-data",
        "recommenders-by-two",
    ),
    "person.tie-declared.v1": ("register-follows", "no-conflict-from-data", "found-conflicts-hold"),
    "person.erased.v1": ("register-follows", "actors-active"),
    "unit.registered.v1": ("register-follows", "no-conflict-from-data"),
    "papers.recorded.v1": ("register-follows", "papers-borne-out"),
    **dict.fromkeys(
        ("key.enrolled.v1", "key.revoked.v1", "key.ended.v1"), ("register-follows", "acts-signed")
    ),
    **dict.fromkeys(("letter.settled.v1", "log.restored.v1", "message.refused.v1"), ("register-follows",)),
    **dict.fromkeys(("code.renewed.v1", "code.missed.v1", "signer.invited.v1"), ("register-follows",)),
    "installation.founded.v1": ("register-follows",),
    "portals.named.v1": ("register-follows", "acts-signed"),
}
"""Event -> the claims that judge it along with others, where no rule of the audit looks at it by its type."""

NO_CLAIM = {"list.never-opened.v1": "there is no round, so that it is in no round's log and in no bundle"}
"""Event -> why no claim judges it."""
