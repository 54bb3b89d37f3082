"""Acts that few rounds see, each by the command line on a real stack: withdrawals, extension, conflicts, cancelling."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.starter.acting import opened, refused, seats, submitted, until
from tests.starter.stack import Up, UpHere, people_file

pytestmark = pytest.mark.stack

PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "sup-1": {"supervisor": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    **{f"expert-{number}": {"expert": []} for number in range(1, 15)},
}


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    found = UpHere(tmp_path_factory.mktemp("acts"))
    found.start()
    people = people_file(found.data, PEOPLE, "Synthetic")
    found.json("person", "import", str(people), person="admin-1")
    yield found
    found.stop()


def happened(up: Up, application: str) -> list[str]:
    return [item["event"] for item in up.json("timeline", application, person="officer-1")["timeline"]]


def test_withdrawals_extension_conflicts_and_a_cancelled_round(up: Up) -> None:
    opened(up, "r1")
    first, second = submitted(up, "r1", "host-1"), submitted(up, "r1", "host-2")
    up.json("apply", "withdraw", second, "--reason", "we changed our mind", person="host-2")
    assert refused(up, "recommend", "add", second, person="unit-bj") == "wrong-stage"
    up.json("recommend", "add", first, person="unit-bj")
    up.json("recommend", "withdraw", first, "--reason", "second thoughts", person="unit-bj")
    up.json("recommend", "add", first, person="unit-bj")
    extend = ("round", "extend", "r1", "recommendation")
    assert refused(up, *extend, "2024-07-19", "--reason", "x", person="officer-1") == "not-later"
    up.json(*extend, "2024-07-21", "--reason", "floods", person="officer-1")
    outage = ("round", "outage", "r1", "--until", "2001-01-02T00:00", "--reason", "floods", "--from")
    assert refused(up, *outage, "2001-01-01T00:00", person="officer-1") == "outage-moves-nothing"
    assert refused(up, *outage, "yesterday", person="admin-1") == "unreadable"
    until(lambda: up.json("round", "status", "r1", person="officer-1")["round"]["stage"] == "checking")
    told = happened(up, first)
    assert told.count("list.recommended.v1") == 2
    assert told.count("list.withdrawn.v1") == told.count("application.recommendation-released.v1") == 1

    up.json("check", "pass", first, "--ruling", "seals-missing", "--text", "by post", person="officer-1")
    until(lambda: up.json("round", "status", "r1", person="officer-1")["round"]["stage"] == "drawing")
    up.json("round", "draw", "r1", "--randomness", "07 11", "--source", "a lottery", person="officer-1")
    until(lambda: len(seats(up, first, "invited")) == 7)
    conflicts(up, first)

    assert [item for item in up.json("doctor")["parts"] if item["state"] != "fine"] == []
    up.json("round", "cancel", "r1", "--reason", "the call was void", person="officer-1")
    until(lambda: happened(up, first)[-1] == "application.cancelled.v1")
    assert refused(up, "round", "cancel", "r1", "--reason", "again", person="officer-1") == "ended"
    late = ("round", "extend", "r1", "review", "2025-09-01", "--reason", "x", "--lang", "zh")
    code, _, err = up(*late, person="officer-1")
    assert (code, err) == (2, "ended: 该事项已终结（已取消），不再受理。\n")


def conflicts(up: Up, first: str) -> None:
    declining, declaring, reported = seats(up, first, "invited")[:3]
    up.json("review", "decline", first, "--reason", "travelling", person=declining)
    for expert in (declaring, reported):
        up.json("review", "accept", first, "--pledge", "I pledge", person=expert)
    up.json("conflict", "declare", first, "--text", "we share a patent", person=declaring)
    assert refused(up, "conflict", "declare", first, "--text", "again", person=declaring) != "unexpected"
    up.json("conflict", "report", first, reported, "--report", "rep-1", "--text", "pay", person="officer-1")
    rule = ("conflict", "rule", first, "rep-1", "--upheld", "--text", "payroll")
    code, _, err = up(*rule, "--lang", "zh", person="officer-1")
    assert (code, err) == (2, "not-entitled: 此操作仅限 监督人员；如有疑问请联系经办人员。\n")
    up.json(*rule, person="sup-1")
    assert refused(up, *rule, person="sup-1") == "no-open-report"
    left = {*seats(up, first, "invited"), *seats(up, first, "accepted")}
    assert left.isdisjoint({declining, declaring, reported})
    assert len(left) == 7


def test_servers_named_by_variables_stand_for_the_parts_of_a_stack(up: Up, tmp_path: Path) -> None:
    there = json.loads((up.data / "stack.json").read_text(encoding="utf-8"))
    named = {
        "SELECTION_DATABASE_URL": there["database_url"],
        "TEMPORAL_ADDRESS": there["temporal_address"],
    }
    client = Up(tmp_path / "nothing", **named)
    add = ("person", "add", "expert-99", "--name", "Synthetic", "--mail", "x@synthetic.example")
    client.json(*add, "--role", "expert", "--employer", "99SYNTH", person="admin-1")
    assert {item["part"] for item in client.json("doctor")["parts"]} >= {"postgres", "temporal", "versions"}
    assert not client.data.exists()
    second = Up(tmp_path / "second", **named)
    second.start()
    try:
        until(lambda: "2 polling center-selection" in second("doctor")[1])
        assert set(json.loads((second.data / "stack.json").read_text())["pids"]) == {"mail", "worker"}
    finally:
        code, said = second.stop()
    assert code == 0, said
    assert up.json("db", "migrate") == {"applied": []}
