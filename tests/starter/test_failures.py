import json
from pathlib import Path

import pytest

from ledger.errors import CommandReused, RecordUnavailable
from reading.errors import Hidden
from runtime.errors import StackError
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from selection.rules.zones import list_offsets
from selection.wording.refusals import InZone
from starter.cli.failure_sentences import CHINESE, FAILURES
from starter.cli.failures import CommandFailed, failure_of
from starter.client.errors import ActMissing, Broken, Pending
from tests.starter.support.commands import Cli

BERLIN = list_offsets("Europe/Berlin", 2024, 2026)
assert BERLIN is not None
CASES = [
    (Refused("quota-full", quota="2"), "quota-full", 2),
    (Pending("id-1", "round/r1"), "pending", 3),
    (ActMissing("id-1"), "not-taken", 4),
    (RecordUnavailable("connection refused"), "record-unavailable", 1),
    (Broken("Temporal refused the message (INTERNAL)."), "broken", 1),
    (CommandReused("another content"), "command-reused", 2),
    (StackError("port-taken", "The port is taken."), "port-taken", 1),
    (Hidden(), "hidden", 2),
    (CommandFailed("not-agreed"), "not-agreed", 2),
    (KeyboardInterrupt(), "interrupted", 1),
    (BaseExceptionGroup("several", [Refused("ended")]), "ended", 2),
]


@pytest.mark.parametrize(("error", "code", "exits"), CASES, ids=[code for _, code, _ in CASES])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_error_has_its_code_exit_and_sentence(
    error: BaseException, code: str, exits: int, lang: str
) -> None:
    failure = failure_of(error, lang)
    assert (failure.code, failure.exit) == (code, exits)
    assert failure.sentence
    assert any(ord(letter) > 0x2E80 for letter in failure.sentence) == (lang == "zh")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (BEIJING, "2025-02-01 06:30 Beijing time"),
        (BERLIN, "2025-01-31 23:30 (UTC+01:00, Europe/Berlin)"),
    ],
)
def test_a_refusal_tells_its_instants_in_the_zone_of_its_round(zone: Zone, shown: str) -> None:
    refused = Refused("request-late", until="2025-01-31T22:30:00Z")
    failure = failure_of(InZone(refused, zone), "en")
    assert (failure.code, failure.exit) == ("request-late", 2)
    assert shown in failure.sentence


def test_an_unforeseen_error_tells_its_kind_and_never_its_text() -> None:
    failure = failure_of(ValueError("Zhang San, 13800000000"), "en")
    assert (failure.code, failure.exit) == ("unexpected", 1)
    assert "ValueError" in failure.sentence
    assert "Zhang" not in failure.sentence


def test_every_code_of_the_stack_and_the_record_has_a_chinese_sentence() -> None:
    import ledger.errors
    import runtime.errors

    record = {
        item.code
        for item in vars(ledger.errors).values()
        if isinstance(item, type) and issubclass(item, ledger.errors.LedgerError)
    }
    named = (runtime.errors.StackError.__doc__ or "").partition("one of:")[2].partition("`")[0]
    stack = {code.strip(" .\n") for code in named.replace("\n", " ").split(",")}
    from selection.wording.refusals import SENTENCES

    # Codes of the core that share a name with one of the record are said in the core's words.
    assert sorted((record | stack) - set(CHINESE) - set(SENTENCES) - set(FAILURES)) == []
    assert all(chinese and english for english, chinese in FAILURES.values())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nope"], "bad-usage"),
        (["round", "nope"], "bad-usage"),
        (["round", "open"], "bad-usage"),
        (["--lang", "fr", "rules", "check", "x"], "bad-usage"),
        (["--command-id", "a/b", "status"], "bad-usage"),
        (["rules", "check", "missing.yaml"], "file-missing"),
    ],
)
def test_a_wrong_command_line_ends_with_two_and_one_line(cli: Cli, arguments: list[str], code: str) -> None:
    answer = cli(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{code}: ")
    assert answer.err.count("\n") == 1


def test_without_a_stack_a_command_says_how_to_start_one(cli: Cli) -> None:
    answer = cli("--as", "officer-1", "status")
    assert answer.code == 1
    assert answer.err.startswith("server-unreachable: ")
    assert "selection up" in answer.err
    assert "selection up" in cli("--lang", "zh", "--as", "officer-1", "status").err


def test_the_language_is_that_of_the_terminal_unless_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "命令用法有误" in cli("nope").err
    assert "命令用法有误" not in cli("nope", "--lang", "en").err


def test_in_json_a_failure_is_an_object(cli: Cli) -> None:
    said = json.loads(cli("rules", "check", "missing.yaml", "--json").err)
    assert said["error"]["code"] == "file-missing"
    assert said["error"]["exit"] == 2


def test_broken_rules_are_listed_with_every_fault_and_end_with_two(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("schema_version: 1\nplaces: many\nscore_step: 0.5\nsecret_name: Zhang San\n")
    answer = cli("rules", "check", str(file), "--json")
    assert answer.code == 2
    faults = {item["path"]: item["code"] for item in json.loads(answer.out)["faults"]}
    assert faults["places"] == "not_a_whole_number"
    assert faults["score_step"] == "float_refused"
    assert faults["secret_name"] == "unknown_key"
    assert faults["criteria"] == "missing"
    assert json.loads(answer.err)["error"]["code"] == "rules-faulty"
    assert "Zhang" not in answer.out + answer.err
    assert "缺失" in cli("rules", "check", str(file), "--lang", "zh").out


def test_text_that_is_no_yaml_is_one_fault_with_its_line(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("title: {en: [\n")
    answer = cli("rules", "check", str(file), "--json")
    assert answer.code == 2
    assert [item["code"] for item in json.loads(answer.out)["faults"]] == ["syntax"]


def test_a_group_called_alone_shows_its_help_and_says_what_is_missing(cli: Cli) -> None:
    english, chinese = cli("round"), cli("round", "--lang", "zh")
    assert (english.code, chinese.code) == (2, 2)
    assert " extend " in english.out
    assert english.err == "bad-usage: Name one of the commands above; add --help to it for more.\n"
    assert chinese.err == "bad-usage: 请从以上命令中指定一个；在其后加 --help 可查看用法。\n"


def test_the_command_called_alone_shows_its_help(cli: Cli) -> None:
    answer = cli()
    assert answer.code == 2
    assert "Reading and verifying" in answer.out
    assert answer.err.startswith("bad-usage: Name one of the commands above")
