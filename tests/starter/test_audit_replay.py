"""`selection audit replay` as people type it."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.layout import RULES, content_of, entries_of
from audit.bundle.writer import BundleWriter
from audit.story.changes import FRAME, LARGE
from selection.application.state import ApplicationState
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_bytes
from selection.recommendation.state import Listed, ListState
from selection.round.state import Draw, RoundState
from starter.commands.audit.replay import point_of
from starter.replay.decided_words import FIELDS as DECIDED
from starter.replay.words import FIELDS
from tests import factories as f
from tests.audit.story.test_story import with_acts_in_the_grace
from tests.audit.support import bundles as b
from tests.audit.support.tampering import place
from tests.bundling import write_bundle
from tests.round_story import tell_round
from tests.starter.support.commands import Answer, Cli

pytestmark = pytest.mark.long

CANARY = "Canary7"
"""Short, so that no table breaks it into lines: else nothing would be found though it stood there."""
ALIEN = "ab" * 32
"""A hash of rules that nobody sealed."""
WRITTEN = f"{CANARY}\x1b[1m"
"""As somebody writes who wants to steer the reader's terminal."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("replay") / "the round.zip", tell_round())


def seq(type_: str, nth: int = 0) -> int:
    """Where the log has the n-th entry of the type about 0003."""
    return place(tell_round().log, type_, "0003", nth)


def version(type_: str, nth: int = 0) -> int:
    """The version to which that entry brought 0003."""
    return tell_round().log[seq(type_, nth)].version


def last() -> int:
    """The version at which 0003 ended."""
    return int(tell_round().app("0003").state.version)


def replay(cli: Cli, bundle: Path, *words: str, number: str = "0003") -> Answer:
    return cli("audit", "replay", str(bundle), number, *words)


def document(cli: Cli, bundle: Path, *words: str) -> dict[str, Any]:
    answer = replay(cli, bundle, *words, "--json")
    assert (answer.code, answer.err) == (0, "")
    return dict(json.loads(answer.out))


def test_the_whole_story_tells_each_step_and_that_nothing_is_proven_by_it(cli: Cli, bundle: Path) -> None:
    answer = replay(cli, bundle)
    assert answer.code == 0
    for part in (
        "was not verified",
        f"selection audit verify '{bundle}' --key FILE.vkey",
        "1, #2",
        "host-0003 (applicant)",
        "2024-09-01 00:00:00",
        "stage: recommended",
        "the invitation was declined",
        tell_round().rules.title.en,
    ):
        assert part in answer.out
    chinese = replay(cli, bundle, "--lang", "zh").out
    for part in ("未经验证", "评审专家", "专家谢绝邀请", "阶段：", "由日志 #0 封存"):
        assert part in chinese
    assert "stage" not in chinese


def test_rules_are_said_to_be_sealed_only_where_the_record_seals_them(cli: Cli, tmp_path: Path) -> None:
    log = [
        leaf.model_copy(update={"rules": ALIEN}) if leaf.stream.endswith("/0003") else leaf
        for leaf in tell_round().log
    ]
    path = write_bundle(tmp_path / "round.zip", tell_round(), log)
    said = replay(cli, path).out
    assert f"Under rules {ALIEN}; the record seals no such rules." in said
    assert "sealed by" not in said
    assert "未封存此规则" in replay(cli, path, "--lang", "zh").out
    assert "the record seals no such rules" in replay(cli, path, "--at", "4").out
    never = [
        leaf.model_copy(update={"rules": ""}) if leaf.stream.endswith("/0009") else leaf
        for leaf in tell_round().log
    ]
    path = write_bundle(tmp_path / "never.zip", tell_round(), never)
    for words in ((), ("--at", "1")):
        answer = replay(cli, path, *words, number="0009")
        assert answer.code == 0
        assert "nder rules" not in answer.out


def test_programs_get_every_step_with_who_why_and_what_changed(cli: Cli, bundle: Path) -> None:
    said = document(cli, bundle)
    assert (said["application"], said["versions"], said["entries"]) == (
        f"{f.ROUND}/0003",
        last(),
        len(tell_round().log),
    )
    assert said["bundle"]["verified"] is False
    steps = {step["version"]: step for step in said["steps"]}
    assert list(steps) == list(range(1, last() + 1))
    checked = steps[version("application.check-passed.v1")]
    assert (checked["person"], checked["role"], checked["cause"]) == ("officer-1", "officer", "pass-check")
    assert (checked["stage_before"], checked["stage_after"]) == ("checking", "eligible")
    changed = {change["field"] for change in checked["changes"]}
    # Its co-builder had not confirmed, so that it takes no part from here on.
    assert changed == {"asked", "stage", "since", "hands.officer", "decisions", "submission.co_builders"}
    shortlisted = steps[version("application.shortlisted.v1")]["carries_out"]
    assert (shortlisted["type"], shortlisted["person"]) == ("round.shortlist-fixed.v1", "officer-1")


@pytest.mark.parametrize(
    "point", ["{version}", "#{seq}", "#{after}", "2024-09-01 00:00:00", "2024-08-31T16:00:00Z"]
)
def test_a_point_is_a_version_a_place_or_a_time(cli: Cli, bundle: Path, point: str) -> None:
    checking = seq("application.check-opened.v1")
    opened = tell_round().log[checking].version
    point = point.format(version=opened, seq=checking, after=checking + 1)
    at = document(cli, bundle, "--at", point)["at"]
    assert (at["version"], at["seq"], at["state"]["stage"]) == (opened, checking, "checking")
    assert (at["cause"], at["deadline_until"]) == ("deadline recommendation", "2024-08-31T16:00:00+00:00")
    assert at["rules"] == tell_round().round.state.rules


def test_one_point_shows_who_why_by_which_rules_and_how_it_stood(cli: Cli, bundle: Path) -> None:
    seated, opened = version("panel.seated.v1"), version("application.check-opened.v1")
    said = replay(cli, bundle, "--at", f"{seated}").out
    for part in (
        f"version {seated} of {last()}, entry #{seq('panel.seated.v1')}",
        "carries out",
        "officer-2 (officer)",
        "panel.seats: 5",
        "seat 3",
        "had a hand in it",
        "2024-09-07 24:00",
    ):
        assert part in said
    # A deadline has one form, in the tasks as well.
    assert "2024-09-08 00:00:00" not in said
    deadline = replay(cli, bundle, "--at", f"{opened}", "--lang", "zh").out
    for part in ("期限届满：推荐报送", "延期依据", f"第 {opened} 版（共 {last()} 版）", "其后的状态"):
        assert part in deadline


def test_between_two_points_the_fields_that_differ_are_told_with_the_steps(cli: Cli, bundle: Path) -> None:
    vacated, accepted = version("panel.seat-vacated.v1", 3), version("panel.invitation-accepted.v1", 2)
    until = f"#{seq('panel.invitation-accepted.v1', 2)}"
    between = document(cli, bundle, "--from", f"{vacated}", "--at", until)
    assert (between["from"]["version"], between["to"]["version"]) == (vacated, accepted)
    assert [step["version"] for step in between["steps"]] == list(range(vacated + 1, accepted + 1))
    assert {change["field"].split(".")[0] for change in between["changes"]} == {"seats", "pledged"}
    assert "Nothing changed." in replay(cli, bundle, "--from", f"{vacated}", "--at", f"{vacated}").out
    end = document(cli, bundle, "--from", f"{last() - 1}")
    assert end["to"]["version"] == last()
    outcome = {"field": "outcome", "before": "", "after": "not-selected"}
    assert outcome in end["changes"]


def test_the_steps_between_are_those_of_the_log_where_dates_go_back(cli: Cli, tmp_path: Path) -> None:
    path = write_bundle(tmp_path / "round.zip", tell_round(), with_acts_in_the_grace())
    acted = version("review.submitted.v1")
    for words in (("--from", "2024-09-04 01:00:00"), ("--from", f"{acted - 1}")):
        between = document(cli, path, *words, "--at", "2024-09-04 01:05:00")
        assert (between["from"]["version"], between["to"]["version"]) == (acted - 1, acted + 1)
        assert [step["version"] for step in between["steps"]] == [acted, acted + 1]


def test_what_a_person_could_see_is_shown_by_the_table(cli: Cli, bundle: Path) -> None:
    scored = f"{version('application.scored.v1')}"
    seen = document(cli, bundle, "--seen-by", "host-0003", "--at", scored)["seen_by"]
    assert (seen["standings"], seen["roles"]) == (["applicant"], {"applicant": []})
    assert "expert-" not in json.dumps(seen)
    assert "The row that `show` and lists gave" in replay(cli, bundle, "--seen-by", "host-0003").out
    assert "`show` 与列表所示的一行" in replay(cli, bundle, "--seen-by", "host-0003", "--lang", "zh").out
    said = replay(cli, bundle, "--seen-by", "expert-20", "--at", scored).out
    assert "reviewer" in said
    assert "expert-10" not in said
    nothing = replay(cli, bundle, "--seen-by", "host-0001", "--lang", "zh")
    assert (nothing.code, "当时看不到该申报的任何内容。" in nothing.out) == (0, True)


def test_a_text_is_shown_to_whom_the_table_shows_it_and_only_if_it_is_the_one_meant(
    cli: Cli, tmp_path: Path
) -> None:
    """The ruling on a report is for staff only; its text must not come along with who reported."""
    salt = b"0" * 16
    digest = hashlib.sha256(salt + WRITTEN.encode()).hexdigest()
    log = [
        leaf.model_copy(update={"data": {**leaf.data, "text": {"id": "ruling", "sha256": digest}}})
        if leaf.type == "conflict.ruled.v1"
        else leaf
        for leaf in tell_round().log
    ]
    path = tmp_path / "round.zip"
    with BundleWriter(path, engine="0", round_id=f.ROUND, redacted=False) as writer:
        for name, leaves in ((f.ROUND, log), ("installation", tell_round().read_register())):
            writer.add(entries_of(name), [leaf_bytes(leaf) + b"\n" for leaf in leaves])
            writer.note_log(name, len(leaves))
        writer.add(RULES, [canonical_bytes(tell_round().rules)])
        kept = b.content("ruling", salt, WRITTEN.encode())
        writer.add(content_of("ruling"), [canonical_bytes(kept)])
    ruled = f"{version('conflict.ruled.v1')}"
    assert CANARY in replay(cli, path, "--at", ruled).out
    assert "\x1b" not in replay(cli, path, "--at", ruled).out
    assert CANARY in replay(cli, path, "--seen-by", "auditor-1", "--at", f"{last()}").out
    for person in ("host-0003", "expert-3", "expert-21", "agent-unit-1", "surveyor-1"):
        assert CANARY not in replay(cli, path, "--seen-by", person).out
    changed = kept.model_copy(update={"content": base64.b64encode(b"Another text").decode()})
    again = tmp_path / "changed.zip"
    with BundleWriter(again, engine="0", round_id=f.ROUND, redacted=False) as writer:
        writer.add(entries_of(f.ROUND), [leaf_bytes(leaf) + b"\n" for leaf in log])
        writer.note_log(f.ROUND, len(log))
        writer.add(content_of("ruling"), [canonical_bytes(changed)])
    said = replay(cli, again, "--at", ruled).out
    assert "Another text" not in said
    assert "not the text that the record refers to" in said


def test_where_the_record_can_not_be_followed_that_is_said_with_its_place(cli: Cli, tmp_path: Path) -> None:
    gone = seq("review.submitted.v1")
    log = [*tell_round().log[:gone], *tell_round().log[gone + 1 :]]
    path = write_bundle(tmp_path / "round.zip", tell_round(), log)
    answer = replay(cli, path)
    assert answer.code == 1
    assert "1, #2" in answer.out
    assert answer.err.startswith(f"fold-broken: The record can be read only up to {f.ROUND}#")
    assert replay(cli, path, "--at", "1").code == 1
    beyond = replay(cli, path, "--at", f"{last()}")
    assert (beyond.code, beyond.out) == (1, "")
    assert json.loads(replay(cli, path, "--json").out)["broken"]["finding"] == "version-gap"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["--at", "0"], "point-outside", 2),
        (["--at", "{beyond}"], "point-outside", 2),
        (["--at", "#{end}"], "point-outside", 2),
        (["--at", "#1"], "point-early", 2),
        (["--at", "2024-01-01"], "point-early", 2),
        (["--at", "yesterday"], "point-unreadable", 2),
        (["--at", "9999-12-31T23:59:59"], "", 0),
        (["--at", ""], "point-unreadable", 2),
        (["--from", "9", "--at", "3"], "points-reversed", 2),
        (["--seen-by", "stranger-1"], "nobody-registered", 2),
        (["--seen-by", "host-1", "--from", "2"], "replay-options", 2),
        (["--debug", "--json"], "replay-options", 2),
        (["--debug", "--at", "3", "--break", "x"], "replay-options", 2),
        (["--debug", "--at", "99"], "point-outside", 2),
        (["--break", "x"], "replay-options", 2),
        (["--debug"], "history-missing", 2),
    ],
)
def test_what_can_not_be_shown_is_said_in_one_line(
    cli: Cli, bundle: Path, words: list[str], code: str, exit_code: int
) -> None:
    words = [word.format(end=len(tell_round().log), beyond=last() + 1) for word in words]
    answer = replay(cli, bundle, *words)
    assert answer.code == exit_code
    said = answer.err if "--json" not in words else json.loads(answer.err)["error"]["code"]
    assert said.partition(":")[0] == code
    assert answer.err.count("\n") == (1 if code else 0)
    if code:
        assert answer.out == ""
        assert replay(cli, bundle, *words, "--lang", "zh").err != answer.err


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0099", "not-in-bundle"),
        ("", "not-in-bundle"),
        ("other/0003", "not-in-bundle"),
        ("a/b/c", "not-in-bundle"),
    ],
)
def test_an_application_that_is_not_in_the_bundle_is_refused(
    cli: Cli, bundle: Path, number: str, code: str
) -> None:
    answer = replay(cli, bundle, number=number)
    assert (answer.code, answer.out) == (2, "")
    assert (
        answer.err
        == f"{code}: The bundle does not contain this application; it has 10 applications: 0001 to 0010.\n"
    )
    assert replay(cli, bundle, number=f"application/{f.ROUND}/0003").code == 0


def test_a_file_that_is_no_bundle_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_text("no")
    answer = replay(cli, tmp_path / "no.zip")
    assert (answer.code, answer.err.partition(":")[0]) == (1, "not-a-bundle")
    answer = replay(cli, tmp_path / "none.zip")
    assert (answer.code, answer.err.partition(":")[0]) == (2, "file-missing")


def test_a_time_to_the_second_is_the_whole_second_and_one_without_a_zone_is_beijing_time() -> None:
    assert point_of("2024-09-01 00:00:00") == point_of("2024-08-31T16:00:00Z")
    assert str(point_of("2024-08-31T16:00:00Z").at) == "2024-08-31 16:00:00.999999+00:00"  # type: ignore[union-attr]
    assert str(point_of("2024-08-31T16:00:00.25Z").at) == "2024-08-31 16:00:00.250000+00:00"  # type: ignore[union-attr]


def test_every_field_of_an_application_has_its_words() -> None:
    shown = set(ApplicationState.model_fields) - FRAME - {"seen"}
    assert sorted(shown - set(FIELDS)) == []
    assert list(FIELDS) == sorted(FIELDS)
    decided = {*RoundState.model_fields, *Draw.model_fields, *ListState.model_fields, *Listed.model_fields}
    decided -= {*FRAME, *LARGE, "stage", "application"}
    assert sorted(decided - {*FIELDS, *DECIDED}) == []
