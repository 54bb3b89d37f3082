"""A round by the command line as far as the proposal: what each of its people types."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests.starter.support.acting import draw_in_time, foretold, read_refusal, seats, stage_of, submit, until
from tests.starter.support.in_pages import review_in_pages
from tests.starter.support.signing import proofs_of, with_key
from tests.starter.support.stack import Up, application_file

ROUND = "by-hand"
FIRST, SECOND, THIRD = (f"{ROUND}/000{number}" for number in (1, 2, 3))
PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "supervisor-1": {"supervisor": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "host-3": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    "unit-a1": {"recommender": ["affiliated-1"]},
    "approver-1": {"approver": []},
    "approver-2": {"approver": []},
    "approver-3": {"approver": []},
    "objector-1": {"objector": []},
    "examiner-1": {"examiner": []},
    "examiner-2": {"examiner": []},
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


def write(up: Up, name: str, content: dict[str, Any]) -> str:
    file: Path = up.data / f"{name}.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return str(file)


def show(up: Up, application: str) -> Any:
    return up.json("show", application, person="officer-1")["application"]


def in_chinese(up: Up, *words: str, person: str) -> str:
    """Return what a command that succeeds says in Chinese."""
    code, said, err = up("--lang", "zh", *words, person=person)
    assert code == 0, err
    return said


def hand_in(up: Up) -> None:
    """Hand in three applications, the first by contents that were stored before, and recommend them by rank."""
    evidence = up.data / "evidence.pdf"
    evidence.write_bytes(b"%PDF-1.7 what the team did")
    file = up.json("file", "put", ROUND, str(evidence), person="host-1")["content"]["id"]
    faulty = str(application_file(up.data, "host-1", "", staff="many"))
    for command in ("check", "submit"):
        exits, out, err = up("apply", command, ROUND, faulty, person="host-1")
        assert (exits, err.partition(":")[0]) == (2, "answers-unfit")
        assert [word in out for word in ("staff", "form", "missing")] == [True, True, True]
    assert submit(up, ROUND, "host-1", form="The form", evidence=[{"ref": file}]) == FIRST
    contents = up.json("show", FIRST, person="host-1")["contents"]
    form = next(item["id"] for item in contents if item["content"] == "submission.form")
    assert submit(up, ROUND, "host-2") == SECOND
    assert submit(up, ROUND, "host-3") == THIRD
    for application, unit in ((FIRST, "unit-bj"), (SECOND, "unit-bj"), (THIRD, "unit-a1")):
        up.json("recommend", "add", application, person=unit)
    up.json("recommend", "rank", ROUND, "0002", "0001", person="unit-bj")
    (ranked,) = (
        item
        for item in up.json("timeline", FIRST, person="unit-bj")["timeline"]
        if item["event"] == "list.ranked.v1"
    )
    assert ranked["data"]["order"] == ["0002", "0001"]
    told = json.loads(up("text", "get", form, "--of", FIRST, person="unit-bj")[1])
    assert (told["form"], [item["id"] for item in told["evidence"]]) == ("The form", [file])
    fetched = up.data / "fetched.pdf"
    up.json("file", "get", file, "--of", FIRST, "--output", str(fetched), person="unit-bj")
    assert fetched.read_bytes() == evidence.read_bytes()


def check_three(up: Up) -> None:
    """Send one back, which is mended and then lacks nothing; rule on what another lacks; fail the third."""
    up.json("check", "send-back", FIRST, "--fault", "seals-missing", "--text", "Add them", person="officer-1")
    assert show(up, FIRST)["stage"] == "mending"
    mended = application_file(up.data, "host-1", "The form", seals="Sealed")
    up.json("apply", "mend", FIRST, str(mended), person="host-1")
    assert (show(up, FIRST)["stage"], show(up, FIRST)["revision"]) == ("checking", 2)
    check_two_under_one_signature(up)
    failing = ("check", "fail", THIRD, "--ground", "direction-held", "--text", "As visual-fusion")
    up.json(*failing, person="officer-1")
    assert (show(up, THIRD)["stage"], show(up, THIRD)["outcome"]) == ("ended", "ineligible")


def check_two_under_one_signature(up: Up) -> None:
    checks = [
        {"application": "0001", "verdict": "pass"},
        {"application": "0002", "verdict": "pass", "codes": ["seals-missing"], "text": "by post"},
    ]
    many = ("check", "many", ROUND, write(up, "checks", {"checks": checks}), "--command-id", "many-1")
    said = up.json(*many, "--key", with_key(up, "officer-1"))
    assert [item["act"] for item in said["manifest"]] == ["pass-check"] * 2
    assert [item["stream"] for item in said["receipts"]] == [
        f"application/{name}" for name in (FIRST, SECOND)
    ]
    first, second = proofs_of(up, "many-1.0001", "many-1.0002")
    assert first.signature == second.signature
    assert first.manifest is not None
    assert second.manifest is not None
    assert [(place.index, place.size) for place in (first.manifest, second.manifest)] == [(0, 2), (1, 2)]


def draw(up: Up) -> None:
    told = foretold(up, "round", "draw", ROUND, steps=("",))["draw"]
    draw_in_time(up, ROUND)
    until(lambda: all(len(seats(up, application, "invited")) == 3 for application in POINTS))
    assert {name: told[name] for name in ("draw", "applications", "seats", "alternates", "experts")} == {
        "draw": "draw-1",
        "applications": len(POINTS),
        "seats": sum(len(seats(up, application, "invited")) for application in POINTS),
        "alternates": 2,
        "experts": 8,
    }


def review_both(up: Up) -> None:
    """Have both panels review; one expert does so in the portal's pages."""
    in_pages, *_ = seats(up, SECOND, "invited")
    review_in_pages(up, SECOND, in_pages, dict.fromkeys(CONTENTS, POINTS[SECOND]))
    for application, points in POINTS.items():
        for expert in seats(up, application, "invited"):
            up.json("review", "accept", application, "--pledge", "I pledge", person=expert)
            sheet = up.data / "review.yaml"
            written = {"scores": dict.fromkeys(CONTENTS, points), "text": "Sound"}
            sheet.write_text(yaml.safe_dump(written), encoding="utf-8")
            up.json("review", "submit", application, str(sheet), person=expert)


def shortlist(up: Up) -> None:
    told = foretold(up, "round", "shortlist", ROUND)["shortlist"]
    up.json("round", "shortlist", ROUND, person="officer-1")
    until(lambda: stage_of(up, ROUND) == "survey")
    assert told == [
        {"rank": show(up, application)["rank"], "application": application.partition("/")[2], "why": ""}
        for application in POINTS
        if show(up, application)["stage"] == "survey"
    ]


def survey_and_appraise(up: Up) -> None:
    team = [f"surveyor-{number}" for number in range(1, 4)]
    survey = {"day": "2025-01-10", "findings": dict.fromkeys(CONTENTS, "As said"), "verdict": "confirmed"}
    appoint(up, team)
    for application, points in POINTS.items():
        panel = seats(up, application, "submitted")
        up.json("survey", "report", application, write(up, "survey", survey), person=team[0])
        up.json("appraise", "open", application, *panel, person=panel[0])
        for person in panel:
            up.json("appraise", "vote", application, "for", f"{4 * points}", person=person)
        up.json(
            "appraise", "record", application, write(up, "appraisal", {"text": "Agreed"}), person=panel[0]
        )


def appoint(up: Up, team: list[str]) -> None:
    """Appoint chairs and teams from a table: none while one would be refused, and whoever stands is passed over."""
    file = up.data / "teams.csv"
    lines = [
        f"{application.partition('/')[2]},{seats(up, application, 'submitted')[0]},{team[0]},{' '.join(team)},Knows it"
        for application in POINTS
    ]
    act = ("appoint", "import", ROUND, str(file), "--yes")

    def fill(*rows: str) -> None:
        file.write_text("\n".join(("application,chair,lead,members,chair_reason", *rows)), encoding="utf-8")

    fill(*lines, "0099,,,,", f"0098,,{team[0]},{' '.join(team)},", f"0097,{team[0]},,,")
    code, said, err = up("--json", *act, person="officer-1")
    assert (code, json.loads(err)["error"]["code"]) == (2, "table-faulty")
    assert [fault["cell"] for fault in json.loads(said)["faults"]] == ["B4", "C5", "B6"]
    fill(*lines)
    assert read_refusal(up, *act, person="supervisor-1") == "not-entitled"
    # Whether a chair needs a reason is for the round's rules to say, not for the command line.
    first = next(iter(POINTS))
    chair = ("appoint", "chair", first, seats(up, first, "submitted")[0])
    assert read_refusal(up, *chair, person="officer-1") == "chair-unexplained"
    foreseen = up.json(*act, "--dry-run", person="officer-1")["appointments"]
    assert [item["act"] for item in foreseen] == ["appoint-chair", "appoint-survey-team"] * len(POINTS)
    assert len(up.json(*act, person="officer-1")["receipts"]) == len(foreseen)
    assert "receipts" not in up.json(*act, person="officer-1")
    # In the place of others only for a reason: another leads, and the first again.
    number = next(iter(POINTS)).partition("/")[2]
    for lead in (team[1], team[0]):
        row = f"application,lead,members,team_reason\n{number},{lead},{' '.join(team)}"
        file.write_text(f"{row},", encoding="utf-8")
        assert read_refusal(up, *act, person="officer-1") == "table-faulty"
        file.write_text(f"{row},Knows the site", encoding="utf-8")
        assert len(up.json(*act, person="officer-1")["receipts"]) == 1
