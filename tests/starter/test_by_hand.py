"""A round from the panels to the issued list, each act by the command line: the send-back and the objection too."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.starter.acting import opened, refused, seats, submitted, until
from tests.starter.stack import Up, UpHere, people_file

pytestmark = pytest.mark.stack

ROUND = "by-hand"
FIRST, SECOND = f"{ROUND}/0001", f"{ROUND}/0002"
PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "supervisor-1": {"supervisor": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    "approver-1": {"approver": []},
    "approver-2": {"approver": []},
    "approver-3": {"approver": []},
    "objector-1": {"objector": []},
    "examiner-1": {"examiner": []},
    **{f"surveyor-{number}": {"surveyor": []} for number in range(1, 4)},
    **{f"expert-{number}": {"expert": []} for number in range(1, 9)},
}
CONTENTS = ("positioning", "mechanism", "technical", "conditions")
SMALL: dict[str, dict[str, Any]] = {
    "panel": {"seats": 3, "alternates": 1, "min_valid": 3},
    "days": {"invitation": 60, "notice": 4},
}
POINTS = {FIRST: 21, SECOND: 20}
"""So that the ranking does not hang on the lot."""
REASON = ("--reason", "Lay down what each partner does")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    found = UpHere(tmp_path_factory.mktemp("by-hand"))
    found.start()
    people = people_file(found.data, PEOPLE, "Synthetic")
    found.json("person", "import", str(people), person="admin-1")
    yield found
    found.stop()


def stage(up: Up) -> str:
    return str(up.json("round", "status", ROUND, person="officer-1")["round"]["stage"])


def write(up: Up, name: str, content: dict[str, Any]) -> str:
    file: Path = up.data / f"{name}.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return str(file)


def propose(up: Up, *numbers: str) -> None:
    items = [{"application": number, "reason": f"Why {number}"} for number in numbers]
    file = write(up, "proposal", {"items": items, "deviations": {}})
    up.json("round", "propose", ROUND, file, person="officer-1")


def open_notice(up: Up) -> None:
    """Open the notice as soon as every application knows its place in the proposal."""

    def opened() -> bool:
        code, _, err = up("round", "notice", ROUND, person="officer-1")
        assert code == 0 or err.startswith("decision-under-way"), err
        return code == 0

    until(opened)


def review_both(up: Up) -> None:
    for application, points in POINTS.items():
        for expert in seats(up, application, "invited"):
            up.json("review", "accept", application, "--pledge", "I pledge", person=expert)
            scores = [word for name in CONTENTS for word in ("--score", f"{name}={points}")]
            up.json("review", "submit", application, *scores, "--text", "Sound", person=expert)


def survey_and_appraise(up: Up) -> None:
    team = [f"surveyor-{number}" for number in range(1, 4)]
    survey = {"day": "2025-01-10", "findings": dict.fromkeys(CONTENTS, "As said"), "verdict": "confirmed"}
    for application, points in POINTS.items():
        panel = seats(up, application, "submitted")
        up.json("appoint", "chair", application, panel[0], person="officer-1")
        up.json("appoint", "survey-team", application, *team, "--lead", team[0], person="officer-1")
        up.json("survey", application, write(up, "survey", survey), person=team[0])
        met = {"present": panel, "score": f"{4 * points}", "votes_for": len(panel), "text": "Agreed"}
        up.json("appraise", application, write(up, "appraisal", met), person=panel[0])


def object_to_the_second(up: Up) -> None:
    raise_ = ("objection", "raise", SECOND, "--text", "The agreement is void", "--objection", "o-1")
    up.json(*raise_, person="objector-1")
    panel = seats(up, SECOND, "submitted")
    assert refused(up, "objection", "examine", SECOND, "o-1", panel[0], person="officer-1") == "same-hands"
    up.json("objection", "examine", SECOND, "o-1", "examiner-1", person="officer-1")
    settle = ("objection", "settle", SECOND, "o-1", "upheld", "--text", "It is")
    assert refused(up, *settle, person="officer-1") == "not-entitled"
    up.json(*settle, person="examiner-1")


def test_a_round_goes_from_call_to_list_by_the_command_line_alone(up: Up) -> None:
    opened(up, ROUND, supervisor="supervisor-1", **SMALL)
    assert {submitted(up, ROUND, "host-1"), submitted(up, ROUND, "host-2")} == {FIRST, SECOND}
    for application in (FIRST, SECOND):
        up.json("recommend", "add", application, person="unit-bj")
    until(lambda: stage(up) == "checking")
    for application in (FIRST, SECOND):
        passing = ("check", "pass", application, "--ruling", "seals-missing", "--text", "by post")
        up.json(*passing, person="officer-1")
    until(lambda: stage(up) == "drawing")
    up.json("round", "draw", ROUND, "--randomness", "07 11", "--source", "a lottery", person="officer-1")
    until(lambda: all(len(seats(up, application, "invited")) == 3 for application in (FIRST, SECOND)))
    review_both(up)
    until(lambda: stage(up) == "shortlisting")
    up.json("round", "shortlist", ROUND, person="officer-1")
    until(lambda: stage(up) == "survey")
    survey_and_appraise(up)
    until(lambda: stage(up) == "proposal")

    propose(up, "0001", "0002")
    open_notice(up)
    until(lambda: stage(up) == "notice")
    object_to_the_second(up)
    until(lambda: stage(up) == "approval")
    up.json("round", "integrity", ROUND, "--text", "Nothing found", person="supervisor-1")
    back = ("round", "send-back", ROUND, "ministry", "--item", "0001", *REASON)
    assert refused(up, *back, person="approver-2") == "level-not-open"
    up.json("round", "approve", ROUND, "department", person="approver-1")
    assert refused(up, *back, person="approver-1") == "not-entitled"
    assert up.json(*back, person="approver-2")["receipt"]["log"] == ROUND
    until(lambda: stage(up) == "proposal")
    told = [item["event"] for item in up.json("timeline", FIRST, person="officer-1")["timeline"]]
    assert told.count("approval.sent-back.v1") == 1

    propose(up, "0001")
    open_notice(up)
    until(lambda: stage(up) == "approval")
    up.json("round", "integrity", ROUND, "--text", "Nothing found", person="supervisor-1")
    assert refused(up, "round", "issue", ROUND, person="officer-1") == "level-not-open"
    # What was approved before the send-back is void.
    assert refused(up, "round", "approve", ROUND, "ministry", person="approver-2") == "level-not-open"
    for level, person in (
        ("department", "approver-1"),
        ("ministry", "approver-2"),
        ("ministry", "approver-3"),
    ):
        up.json("round", "approve", ROUND, level, person=person)
    up.json("round", "issue", ROUND, person="officer-1")
    until(lambda: up.json("show", FIRST, person="officer-1")["application"]["outcome"] == "listed")
    assert up.json("show", SECOND, person="officer-1")["application"]["outcome"] == "removed"
    code, said, _ = up("round", "status", ROUND, "--lang", "zh", person="officer-1")
    assert code == 0
    assert re.search(r"名单已发布", said)
