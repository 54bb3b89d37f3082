from datetime import UTC, datetime

from starter.cli.names import names_of, with_names
from starter.cli.output import Local, Output, plain
from tests import factories as f

SHOWN = {
    "number": "0001",
    "name_en": "Centre for Stage Engineering",
    "name_zh": "舞台工程技术创新中心",
    "host": "uscc:91110000MA00000000",
    "host_en": "",
    "host_zh": "幕布机械公司",
}


def test_a_centre_is_named_in_the_language_of_who_reads_or_else_in_the_other() -> None:
    names = names_of(SHOWN)
    assert Output("en").cell("centre", names["centre"]) == "Centre for Stage Engineering"
    assert Output("zh").cell("centre", names["centre"]) == "舞台工程技术创新中心"
    assert Output("en").cell("host", names["host"]) == "幕布机械公司"


def test_programs_get_both_names() -> None:
    out = Output("en", as_json=True)
    out.rows("tasks", ("number", "centre"), [{"number": "0001", **names_of(SHOWN)}])
    centre = {"en": "Centre for Stage Engineering", "zh": "舞台工程技术创新中心"}
    assert out.document == {"tasks": [{"number": "0001", "centre": centre}]}


def test_what_does_not_show_is_not_named() -> None:
    assert set(names_of({"number": "0001"}).values()) == {None}
    assert with_names({"number": "0001", "stage": "review"}) == {"number": "0001", "stage": "review"}


def test_a_unit_without_names_is_called_by_its_code() -> None:
    nameless = {"number": "0001", "name_en": "", "host": "x:1", "host_en": "", "host_zh": ""}
    assert Output("zh").cell("host", names_of(nameless)["host"]) == "x:1"
    assert Output("zh").cell("host", with_names(nameless)["host"]) == "x:1"


def test_a_row_is_read_with_its_names_in_one_line_each() -> None:
    told = with_names(SHOWN)
    assert list(told) == ["number", "centre", "host"]
    assert Output("en").cell("host", told["host"]) == "幕布机械公司 (uscc:91110000MA00000000)"
    assert Output("zh").cell("host", told["host"]) == "幕布机械公司（uscc:91110000MA00000000）"


def test_an_instant_of_another_zone_names_its_offset() -> None:
    out, berlin = Output("en"), f.make_zone("Europe/Berlin")
    at = datetime(2024, 8, 28, 16, 0, tzinfo=UTC)
    assert out.cell("until", at) == "2024-08-29 00:00:00"
    assert out.cell("until", Local(at, berlin)) == "2024-08-28 18:00:00 UTC+02:00"
    assert plain(Local(at, berlin)) == "2024-08-28T16:00:00+00:00"
    out.zone = berlin
    assert out.cell("until", at) == "2024-08-28 18:00:00 UTC+02:00"
