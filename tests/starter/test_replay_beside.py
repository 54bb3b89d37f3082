"""`selection audit replay` of a round and of a recommendation list."""

import json
from pathlib import Path
from typing import Any

import pytest

from selection.streams import recommender_stream, round_stream
from tests import factories as f
from tests.bundling import write_bundle
from tests.round_story import tell_round
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long
UNIT = next(
    leaf.stream.rpartition("/")[2] for leaf in tell_round().log if leaf.stream.startswith("recommender/")
)
STREAMS = {"round": round_stream(f.ROUND), f"list/{UNIT}": recommender_stream(f.ROUND, UNIT)}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("replay") / "round.zip", tell_round())


def document(cli: Cli, bundle: Path, *words: str) -> dict[str, Any]:
    answer = cli("audit", "replay", str(bundle), *words, "--json")
    assert (answer.code, answer.err) == (0, "")
    return dict(json.loads(answer.out))


@pytest.mark.parametrize("what", STREAMS)
def test_every_entry_of_a_stream_is_a_step_with_who_and_what_changed(
    cli: Cli, bundle: Path, what: str
) -> None:
    own = [(seq, leaf) for seq, leaf in enumerate(tell_round().log) if leaf.stream == STREAMS[what]]
    said = document(cli, bundle, what)
    assert (said["stream"], said["versions"]) == (STREAMS[what], len(own))
    assert [(step["seq"], step["type"], step["person"]) for step in said["steps"]] == [
        (seq, leaf.type, leaf.actor.person) for seq, leaf in own
    ]
    assert "application" not in said
    for language in ("en", "zh"):
        answer = cli("audit", "replay", str(bundle), what, "--lang", language)
        assert answer.code == 0
        assert all(f"{number}, #{seq}" in answer.out for number, (seq, _) in enumerate(own, 1))


def test_a_point_of_the_round_shows_its_last_entry_and_the_state_after_it(cli: Cli, bundle: Path) -> None:
    own = [(seq, leaf) for seq, leaf in enumerate(tell_round().log) if leaf.stream == STREAMS["round"]]
    seq, leaf = own[3]
    by = {said: document(cli, bundle, "round", "--at", said)["at"] for said in ("4", f"#{own[4][0] - 1}")}
    assert {found["seq"] for found in by.values()} == {seq}
    assert by["4"]["type"] == leaf.type
    stages = [document(cli, bundle, "round", "--at", str(at))["at"]["state"]["round_stage"] for at in (1, 4)]
    moved = document(cli, bundle, "round", "--from", "1", "--at", "4")
    assert [step["version"] for step in moved["steps"]] == [2, 3, 4]
    changed = {change["field"]: (change["before"], change["after"]) for change in moved["changes"]}
    assert changed.get("round_stage", (stages[0], stages[0])) == (stages[0], stages[1])
    shown = cli("audit", "replay", str(bundle), "round", "--at", "4").out
    assert f"round {f.ROUND}, version 4 of {len(own)}, entry #{seq}" in shown
    assert "期限" in cli("audit", "replay", str(bundle), "round", "--lang", "zh").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list/99SYNTHX",), "list-not-in-bundle"),
        (("list/",), "not-in-bundle"),
        (("round", "--at", "999"), "point-outside"),
        (("round", "--at", "2000-01-01"), "point-early"),
        (("round", "--from", "3", "--at", "2"), "points-reversed"),
        (("round", "--debug"), "replay-options"),
        (("round", "--seen-by", "host-0003"), "replay-options"),
    ],
)
def test_what_can_not_be_shown_of_a_stream_is_said_in_one_line(
    cli: Cli, bundle: Path, words: tuple[str, ...], code: str
) -> None:
    answer = cli("audit", "replay", str(bundle), *words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(f"{code}: ")
    if code == "list-not-in-bundle":
        assert UNIT in answer.err
