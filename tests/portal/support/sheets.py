"""Act sheets as people fill them in: what is typed into each sheet of an application, and how it is sent."""

import re

from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Role
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.reviewing import SOUND
from tests.selection import story
from tests.selection.request_story import GROUND

Typed = dict[str, str | list[str]]


FINDINGS: Typed = {f"f.findings.{item.code}": "As handed in" for item in story.RULES.criteria}


def person_of(name: str, *roles: Role) -> NewPerson:
    identity = Identity(name="Synthetic", mail=f"{name}@synthetic.example")
    return NewPerson(
        person=name, roles=dict.fromkeys(roles, ()), employer=f"employer-{name}", identity=identity
    )


EACH: dict[str, tuple[int, str, Typed]] = {
    "withdraw": (3, "agent-1", {}),
    "give-up": (54, "agent-1", {}),
    "report-fraud": (60, "officer-1", {"f.text": "The contract is forged"}),
    "rule-on-fraud": (61, "supervisor-1", {"f.upheld": "no", "f.text": "It is genuine"}),
    "withdraw-recommendation": (7, "recommender-1", {}),
    "recommend": (3, "recommender-9", {"a.checked": "papers", "a.opinion_note": "Sound"}),
    "confirm-co-building": (3, "partner-1", {}),
    "appoint-chair": (29, "officer-1", {"f.chair": "expert-2", "f.reason": "Knows the field"}),
    "replace-chair": (39, "supervisor-2", {"f.chair": "expert-2", "f.reason": "Ill until May"}),
    "correct-review": (29, "expert-1", {**SOUND, "s.positioning": "21", "f.reason": "Interchanged"}),
    "replace-agent": (29, "officer-2", {"f.agent": "agent-9", "f.reason": "The first one left"}),
    "refer-conflict": (29, "officer-2", {"f.expert": "insider-1"}),
    "declare-project": (12, "agent-1", {"f.expert": "expert-2", "f.text": "A joint grant until 2023"}),
    "report-conflict": (29, "officer-2", {"f.expert": "expert-2", "f.text": "A former employee"}),
    "rule-on-conflict": (
        32,
        "supervisor-2",
        {"f.report": "report-1", "f.upheld": "no", "f.text": "No proof"},
    ),
    "settle-panel": (51, "officer-1", {"f.way": "end", "f.scores": "0", "f.reason": "Nobody is left"}),
    "appoint-survey-team": (
        39,
        "officer-1",
        {"f.members": "surveyor-1\nsurveyor-2\nsurveyor-3", "f.lead": "surveyor-1"},
    ),
    "report-survey": (
        40,
        "surveyor-1",
        {"f.day": "2024-08-20", "f.verdict": "confirmed", **FINDINGS, "a.met": "The head"},
    ),
    "open-appraisal": (
        49,
        "expert-1",
        {
            "f.present": ["expert-1", "expert-2", "expert-3", "expert-5", "expert-8"],
        },
    ),
    "cast-vote": (51, "expert-2", {"f.vote": "against", "f.score": "60", "f.dissent": "Too early"}),
    "record-appraisal": (
        54,
        "expert-1",
        {"f.text": "Minutes", "a.strengths": "Its staff", "a.weaknesses": "Its funds"},
    ),
    "raise-objection": (57, "objector-1", {"f.text": "Not their work", "a.about": "truth"}),
    "withdraw-objection": (58, "objector-1", {"f.objection": "objection-1", "f.reason": "Cleared up"}),
    "appoint-examiners": (
        58,
        "officer-1",
        {"f.objection": "objection-1", "f.examiners": "examiner-1\nexaminer-2"},
    ),
    "settle-objection": (
        59,
        "examiner-1",
        {"f.objection": "objection-1", "f.outcome": "dismissed", "f.text": "No proof"},
    ),
    "reopen-objection": (60, "supervisor-1", {"f.objection": "objection-1", "f.text": "Bribed"}),
    "reverse-decision": (
        55,
        "supervisor-2",
        {"f.decision": "survey", "f.text": "The photos show another site"},
    ),
    "decline-reversal": (55, "supervisor-2", {"f.decision": "survey", "f.text": "The photos show the site"}),
    "request-review": (3, "agent-1", {"f.ground": "reasons-missing", "f.text": "None were given"}),
    "appoint-deciders": (3, "officer-1", {"f.ground": GROUND, "f.deciders": "examiner-1\nexaminer-2"}),
    "rule-on-request": (3, "decider-1", {"f.ground": GROUND, "f.upheld": "no", "f.text": "They were given"}),
    "record-remedy": (3, "officer-1", {"f.ground": GROUND, "f.text": "A fresh panel was drawn"}),
    "uphold-objection": (59, "examiner-1", {"f.objection": "objection-1", "f.text": "Proven"}),
}
"""By act: after how many steps of the story, by whom, and what is typed."""
# Others are added to those who decide, as the day by which these were to is past.
AFTER_THE_END = {"request-review": 0, "appoint-deciders": 2, "rule-on-request": 2, "record-remedy": 10}
"""By act: after how many steps of what is told of an application after its end, when it was not selected."""
PROOF = {"u.evidence": ("proof.pdf", b"%PDF-1.7 proof")}
FILES = {"raise-objection": PROOF, "report-fraud": PROOF}
"""What files come with an act that is not done without any."""
ROLES = {
    "withdraw": "applicant",
    "declare-project": "applicant",
    "give-up": "applicant",
    "request-review": "applicant",
    "rule-on-request": "examiner",
    "confirm-co-building": "applicant",
    "correct-review": "expert",
    "open-appraisal": "chair",
    "cast-vote": "expert",
    "record-appraisal": "chair",
}
"""In which role an act is done, where its person is not called by it."""
LISTS = {
    "recommend": f"recommender/{story.ROUND}/bj",
    "withdraw-recommendation": f"recommender/{story.ROUND}/prov-bj",
}
"""On which stream an act is done that is not done on its application."""


def stream_of(place: str) -> str:
    return f"application/{place}"


def read_hidden(page: Browser) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.page)
    return {name: value for name, value in found if name != "form_token"}


def faults_in(page: Browser, act: str) -> str:
    """What the page says is wrong."""
    found = re.search(r'<div class="faults".*?</div>', page.page, re.DOTALL)
    return f"{act}: " + (found[0] if found else page.text)


async def fill_in(page: Browser, path: str, typed: Typed) -> int:
    """Open a sheet, send what is typed with what the page hides, and return the status."""
    opened = await page.open(path)
    assert opened.status_code == 200, page.text
    return (await page.send(path, {**read_hidden(page), **typed, "do": "check"})).status_code


async def send_with_files(page: Browser, path: str, typed: Typed, files: dict[str, tuple[str, bytes]]) -> int:
    """Open a sheet and send it with files, as a browser sends a form that has some."""
    await page.open(path)
    token = re.findall(r'name="form_token" value="([^"]*)"', page.page)[0]
    fields = {**read_hidden(page), "form_token": token, "do": "check", **typed}
    taken = await page.client.post(path, data=fields, files=files, headers=OWN, follow_redirects=True)
    page.page = taken.text
    return taken.status_code


CALLED = {
    "appoint-chair": "Nm-expert-2 (expert-2)",
    "appoint-survey-team": "Nm-surveyor-1 (surveyor-1)",
    "open-appraisal": "Nm-expert-3 (expert-3)",
    "refer-conflict": "Synthetic (insider-1)",
    "rule-on-conflict": "Against Nm-expert-",
}
"""By act, whom the page on which it is signed calls by name, with the id that is signed."""


def see_names(page: Browser, act: str) -> None:
    """See that people are called by name to who may know them, and not to who guessed an id."""
    assert CALLED.get(act, "") in page.text, (act, page.text)
    if act in ("declare-project", "raise-objection", "request-review"):
        assert not re.findall(r"Nm-(?:expert|surveyor|examiner)", page.page), act
