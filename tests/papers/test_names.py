import pytest

from papers.values import Words
from starter.demo.example import example_folder, load_example
from starter.papers.names import CUT, LINES_LIMIT, TEXT_LIMIT, find_names, read_blocks


def test_names_of_the_example_are_found_in_their_forms() -> None:
    for applicant in load_example().applicants:
        form = (example_folder() / applicant.form).read_text(encoding="utf-8")
        names = find_names(form, number="0001", host="x")
        assert names.centre == Words(en=applicant.title_en, zh=applicant.title_zh)
        assert names.host == Words(en=applicant.host.name_en, zh=applicant.host.name_zh)
        assert names.co_builders == tuple(
            Words(en=unit.name_en, zh=unit.name_zh) for unit in applicant.co_builders
        )


def test_without_names_number_and_code_stand_for_them() -> None:
    names = find_names("nothing of that kind", number="0007", host="91X")
    assert (names.centre, names.host, names.co_builders) == (Words.alike("0007"), Words.alike("91X"), ())


def test_names_of_unequal_lists_are_not_paired() -> None:
    form = "- Co-builders: A, B\n- 共建单位：甲"
    assert find_names(form, number="1", host="2").co_builders == (Words.alike("甲"),)


def test_names_that_never_end_are_cut() -> None:
    names = find_names("# " + "长" * 9000 + "\n- Host unit: " + "x" * 9000, number="1", host="2")
    assert len(names.centre.zh) == len(names.host.en) == 400


def test_blocks_hold_every_line_of_a_form() -> None:
    blocks = read_blocks("# 标题\n\n> 备注\n- 一项\n第一行，\n第二行\nan English line\nand another\n\nlast")
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "标题"),
        ("remark", "备注"),
        ("item", "一项"),
        ("paragraph", "第一行，第二行\nan English line and another"),
        ("paragraph", "last"),
    ]


def test_text_beyond_what_is_printed_is_cut_and_that_is_said() -> None:
    for text in ("长" * (TEXT_LIMIT + 1), "a\n" * 500_000, "a\n字\n" * 500_000, "#\n" * LINES_LIMIT * 2):
        blocks = read_blocks(text)
        assert blocks[-1] == CUT
        assert len(blocks) <= LINES_LIMIT + 1
        assert sum(len(block.text) for block in blocks[:-1]) <= TEXT_LIMIT
    assert CUT not in read_blocks("长" * TEXT_LIMIT)


@pytest.mark.parametrize(
    "line", ["- " + " " * 500_000, "- Host unit: " + "(" * 500_000, "# " + " " * 500_000, "-" * 500_000]
)
def test_no_line_keeps_the_search_for_names_busy(line: str) -> None:
    # A search that looks at each pair of characters would not end.
    assert find_names(line, number="1", host="2").centre == Words.alike("1")
    assert len(read_blocks(line)) <= 2
