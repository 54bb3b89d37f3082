from tools.site_pages import lay_out, name_code


def test_lists_and_tables_stand_apart_from_the_text_before_them() -> None:
    assert lay_out("Text:\n- one\n- two\n  goes on\n") == "Text:\n\n- one\n- two\n    goes on\n"
    assert lay_out("Text:\n| a |\n|---|\nMore\n") == "Text:\n\n| a |\n|---|\n\nMore\n"


def test_what_belongs_to_an_item_is_indented_by_four_blanks() -> None:
    page = "1. one\n   - inner\n     goes on\n\n   ```\n   code\n     deeper\n   ```\n\nText\n"
    wanted = "1. one\n    - inner\n        goes on\n\n    ```\n    code\n      deeper\n    ```\n\nText\n"
    assert lay_out(page) == wanted


def test_code_and_plain_text_stay_as_they_are() -> None:
    page = "# Head\n\nText\ngoes on\n\n```\n- no item\n| no table |\n```\n\n    indented\n"
    assert lay_out(page) == page


def test_a_link_to_code_shows_its_file_as_the_site_has_no_code() -> None:
    page = "| [`decide`](../selection/a/decide.py) | [it is so](../tests/test_a.py) | [A1](rules.md#a1) |"
    code, test = (
        '<abbr title="selection/a/decide.py">`decide`</abbr>',
        '<abbr title="tests/test_a.py">it is so</abbr>',
    )
    assert name_code(page, "process.md") == f"| {code} | {test} | [A1](rules.md#a1) |"


def test_a_link_to_another_page_of_the_site_stays() -> None:
    page = "[one](../rules.md#a1-duties) and [two](../quickstart/README.md)"
    assert name_code(page, "decisions/0001-a.md") == page
    assert (
        name_code("[code](../../selection/a.py)", "decisions/0001-a.md")
        == '<abbr title="selection/a.py">code</abbr>'
    )
