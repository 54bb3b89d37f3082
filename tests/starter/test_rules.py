import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from selection.kernel.actor import Role
from starter.rounds.opening import open_by
from tests import factories as f
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long

EXAMPLE = files("examples") / "second_batch" / "rules.yaml"


@pytest.fixture
def both(tmp_path: Path) -> list[str]:
    """The example's rules, and the same with fewer places, another weight of two contents and one field less."""
    old = EXAMPLE.read_text(encoding="utf-8")
    rules = yaml.safe_load(old)
    rules["places"] = 10
    rules["criteria"][0]["weight"], rules["criteria"][2]["weight"] = 20, 30
    rules["per_field_max"] = 3
    del rules["fields"][-1]
    paths = [tmp_path / "first.yaml", tmp_path / "second.yaml"]
    for path, text in zip(paths, (old, yaml.safe_dump(rules, allow_unicode=True)), strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


def test_two_rules_files_are_compared_place_by_place(cli: Cli, both: list[str]) -> None:
    answer = cli("--json", "rules", "diff", *both)
    assert (answer.code, answer.err) == (0, "")
    gone = {"code": "ice-snow", "en": "ice and snow tourism", "zh": "冰雪旅游"}
    assert json.loads(answer.out)["changes"] == [
        {"path": "fields[ice-snow]", "old": gone, "new": None},
        {"path": "criteria[positioning].weight", "old": "25", "new": "20"},
        {"path": "criteria[technical].weight", "old": "25", "new": "30"},
        {"path": "places", "old": 12, "new": 10},
        {"path": "per_field_max", "old": None, "new": 3},
    ]


@pytest.mark.parametrize(
    ("lang", "headings"), [("en", ["place", "old", "new"]), ("zh", ["位置", "旧值", "新值"])]
)
def test_what_came_and_what_went_is_shown_whole(
    cli: Cli, both: list[str], lang: str, headings: list[str]
) -> None:
    lines = cli("--lang", lang, "rules", "diff", *both).out.splitlines()
    assert next(line.split() for line in lines if line.strip()) == headings
    (gone,) = (line for line in lines if "ice-snow" in line)
    shown = " ".join(gone.split())
    assert shown == "fields[ice-snow] code ice-snow, en ice and snow tourism, zh 冰雪旅游 -"


def test_files_of_the_same_rules_are_said_to_be_so(cli: Cli, both: list[str]) -> None:
    assert cli("rules", "diff", both[0], both[0]).out == "Both files hold the same rules.\n"
    assert cli("--lang", "zh", "rules", "diff", both[0], both[0]).out == "两个文件的规则相同。\n"
    assert json.loads(cli("--json", "rules", "diff", both[0], both[0]).out) == {"changes": []}


def test_what_stays_in_mending_is_shown_of_rules_and_of_what_changed_in_them(
    cli: Cli, both: list[str]
) -> None:
    kept = json.loads(cli("--json", "rules", "check", both[0]).out)["rules"]["kept"]
    assert kept[:2] == ["direction", "summary"]
    file = Path(both[1])
    text = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(
        text.replace("public: true\n            kept: true\n", "public: true\n"), encoding="utf-8"
    )
    assert json.loads(cli("--json", "rules", "check", both[1]).out)["rules"]["kept"] == kept[2:]
    assert [item["path"] for item in json.loads(cli("--json", "rules", "diff", *both).out)["changes"]] == [
        f"forms.application.sections[centre].fields[{code}].kept" for code in kept[:2]
    ]


def test_a_form_is_published_as_a_schema_of_its_own(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    answer = cli("rules", "form-schema", str(file))
    assert (answer.code, answer.err) == (0, "")
    schema = json.loads(answer.out)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:center-selection:form:application:second-batch-1"
    assert (
        schema["properties"]["direction"] | {"x-words": 60, "title": "Research direction", "x-zh": "研究方向"}
        == (schema["properties"]["direction"])
    )
    assert json.loads(cli("--json", "rules", "form-schema", str(file)).out)["schema"] == schema
    grant = files("examples") / "grant" / "rules.yaml"
    file.write_text(grant.read_text(encoding="utf-8"), encoding="utf-8")
    missing = cli("rules", "form-schema", str(file), "--form", "survey")
    assert (missing.code, missing.err.partition(":")[0]) == (2, "unknown-value")


@pytest.mark.parametrize(
    ("officers", "admins", "role"),
    [
        (("officer-1", "officer-2"), ("admin-1",), Role.OFFICER),
        (("officer-1", "officer-2"), ("officer-1",), Role.OFFICER),
        (("officer-1", "officer-2"), ("officer-1", "admin-1"), Role.ADMIN),
        (("officer-2", "officer-3"), ("officer-1",), Role.ADMIN),
    ],
)
def test_an_officer_who_is_the_only_administrator_opens_it_as_an_officer(
    officers: tuple[str, ...], admins: tuple[str, ...], role: Role
) -> None:
    rules = f.RULES.with_(staff=f.RULES.staff.with_(officers=officers, admins=admins))
    assert open_by(rules, "officer-1")[1] is role


GRANT = files("examples") / "grant" / "rules.yaml"


def test_how_many_people_it_takes_is_counted_with_the_reason_of_each_line(cli: Cli, both: list[str]) -> None:
    answer = json.loads(cli("--json", "rules", "check", both[0]).out)
    assert answer["people"] == {"applications": 12, "office": 7, "all": 17}
    lines = {(item["post"], item["level"], item["case"]): item for item in answer["staffing"]}
    assert lines["officers", "", "always"]["least"] == lines["officers", "", "always"]["holders"] == 2
    assert lines["approvers", "ministry", "always"]["params"] == {"needed": "2"}
    surveyors = lines["surveyors", "", "always"]
    assert (surveyors["also"], surveyors["shared"], surveyors["holders"]) == (["experts"], 3, None)
    assert surveyors["why"] == "the smallest team; experts may"
    more = json.loads(cli("--json", "rules", "check", both[0], "--applications", "36").out)
    assert more["people"] == {"applications": 36, "office": 7, "all": 37}


@pytest.mark.parametrize(
    ("lang", "sentence", "short"),
    [
        (
            "en",
            "A round with 5 applications takes 9 people at least, 5 of them in posts. "
            "Who applies, recommends or objects is not counted.",
            "The rules name 0 where 1 are needed: auditors (record taken along).",
        ),
        (
            "zh",
            "含 5 项申报的轮次至少须 9 人，其中任职人员 5 人；不含申报、推荐和提出异议的人员。",
            "规则所列人数为 0，少于所需的 1：审计人员（导出记录时）。",
        ),
    ],
)
def test_it_is_told_in_both_languages_and_where_rules_name_too_few(
    cli: Cli, tmp_path: Path, lang: str, sentence: str, short: str
) -> None:
    file = tmp_path / "rules.yaml"
    text = GRANT.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert (
        cli("--lang", lang, "rules", "check", str(file), "--applications", "5").out.splitlines()[-1]
        == sentence
    )
    file.write_text(text.replace("  auditors: [auditor-1]\n", ""), encoding="utf-8")
    answer = cli("--lang", lang, "rules", "check", str(file), "--applications", "5")
    assert (answer.code, answer.out.splitlines()[-2:]) == (0, [sentence, short])
