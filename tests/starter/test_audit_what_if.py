"""`selection audit what-if` as people type it."""

import json
from pathlib import Path

import pytest

from starter.replay.what_if_tables import strip
from tests.audit.support.tampering import place, with_data
from tests.audit.what_if.rounds import bundle_of, make_lopsided_log
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return bundle_of(tmp_path)


def test_who_moves_is_shown_and_marked_in_the_readers_language(cli: Cli, bundle: Path) -> None:
    asked = ("audit", "what-if", str(bundle), "--weight", "technical=60", "--runs", "3")
    english, chinese = cli(*asked), cli(*asked, "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    for answer in (english, chinese):
        lines = answer.out.splitlines()
        assert lines[0].startswith("模拟 SIMULATION")
        assert lines[-1] == "模拟 SIMULATION"
        assert any("0003" in line and "▼2" in line and "59.20" in line for line in lines)
    assert "It decides nothing" in english.out
    assert "in → out" in english.out
    assert "in*" in english.out
    assert "* added to the shortlist or removed" in english.out
    assert "selection audit verify" in english.out
    assert "不作任何决定" in chinese.out
    assert "入围 → 未入围" in chinese.out
    assert "decides" not in chinese.out


def test_programs_are_told_that_it_is_a_simulation(cli: Cli, bundle: Path) -> None:
    answer = cli("audit", "what-if", str(bundle), "--without", "expert-2", "--runs", "0", "--json")
    document = json.loads(answer.out)
    assert (document["simulation"], document["decides"]) == (True, False)
    assert "SIMULATION" in document["notice"]["en"]
    assert [part["kind"] for part in document["stability"]] == ["reviewers"]
    assert document["changes"] == [{"path": "reviews", "before": "expert-2", "after": ""}]
    assert "float" not in {
        type(value).__name__ for item in document["applications"] for value in item.values()
    }


def test_page_and_charts_are_written(cli: Cli, bundle: Path) -> None:
    files = bundle.with_name("page.html"), bundle.with_name("charts.svg")
    asked = ("--html", str(files[0]), "-o", str(files[1]), "--runs", "0", "--trim", "0")
    assert cli("audit", "what-if", str(bundle), *asked).code == 0
    assert all("模拟 SIMULATION" in file.read_text(encoding="utf-8") for file in files)


def test_other_rules_come_from_a_file(cli: Cli, bundle: Path) -> None:
    rules = bundle.with_name("rules.yaml")
    broken = cli("audit", "what-if", str(bundle), "--rules", str(rules))
    assert (broken.code, broken.err.partition(":")[0]) == (2, "file-missing")
    rules.write_text("places: many\n")
    broken = cli("audit", "what-if", str(bundle), "--rules", str(rules))
    assert (broken.code, broken.err.partition(":")[0]) == (2, "rules-faulty")
    from tests.round_story import tell_round

    data = tell_round().rules.model_dump(mode="json")
    rules.write_text(json.dumps({**data, "places": 1, "per_field_max": 2}))
    document = json.loads(cli("audit", "what-if", str(bundle), "--rules", str(rules), "--json").out)
    assert [item["path"] for item in document["changes"]] == ["places"]
    assert document["not_simulated"] == ["per_field_max"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--weight", "technical"], "unreadable"),
        (["--weight", "technical=120"], "assumption-unfit"),
        (["--weight", "novelty=20"], "assumption-unfit"),
        (["--trim", "9"], "assumption-unfit"),
        (["--at-least", "0"], "assumption-unfit"),
        (["--factor", "x"], "assumption-unfit"),
        (["--places", "7"], "too-many-places"),
        (["--without", "stranger"], "unknown-reviewer"),
        (["--runs", "-1"], "bad-usage"),
        (["--spread", "100"], "bad-usage"),
        (["--html", "{folder}/none/page.html"], "file-unwritable"),
        (["-o", "{folder}"], "file-unwritable"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_can_not_be_asked_is_refused_in_one_line(
    cli: Cli, bundle: Path, arguments: list[str], code: str, lang: str
) -> None:
    words = [word.format(folder=bundle.parent) for word in arguments]
    answer = cli("audit", "what-if", str(bundle), *words, "--lang", lang)
    assert (answer.code, answer.err.partition(":")[0], answer.err.count("\n")) == (2, code, 1)
    assert any(ord(letter) > 0x2E80 for letter in answer.err) == (lang == "zh")
    assert answer.out == ""


def test_what_is_no_bundle_or_does_not_reproduce_is_broken(cli: Cli, bundle: Path) -> None:
    log = make_lopsided_log()
    at = place(log, "round.shortlist-fixed.v1")
    (bundle.parent / "early").mkdir()
    early = bundle_of(bundle.parent / "early", log[:at])
    answer = cli("audit", "what-if", str(early))
    assert (answer.code, answer.err.partition(":")[0]) == (2, "nothing-to-simulate")
    changed = with_data(log, at, listed={**log[at].data["listed"], "0001": 3})
    answer = cli("audit", "what-if", str(bundle_of(bundle.parent, changed)), "--lang", "zh")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("not-reproduced: ")
    assert f"#{at}" in answer.err
    assert "条目载明 0001 = 3，重新计算为 1。" in answer.err
    bundle.write_text("no zip")
    answer = cli("audit", "what-if", str(bundle))
    assert (answer.code, answer.err.partition(":")[0]) == (1, "not-a-bundle")
    answer = cli("audit", "what-if", str(bundle.with_name("none.zip")))
    assert (answer.code, answer.err.partition(":")[0]) == (2, "file-missing")


def test_a_strip_shows_ranks_and_cut_in_few_columns() -> None:
    assert strip(6, 4, 2, 5, {2: "○", 5: "●"}) == "·○──│●·"
    assert strip(6, 6, 1, 1, {1: "●"}) == "●·····"
    assert strip(4, 1, None, None, {}) == "·│···"
    # Five shares a column with six, not with four, which is within the cut.
    assert strip(6, 4, 2, 5, {5: "●"}, room=3) == "──│●"
    assert strip(6, 4, 2, 4, {4: "●"}, room=3) == "─●│·"
    large = strip(1000, 500, 1, 1000, {1000: "●"})
    assert (len(large), large[0], large[-1], large.count("│")) == (28, "─", "●", 1)
    assert strip(1000, 999, 1000, 1000, {1000: "●"}).endswith("·│●")
