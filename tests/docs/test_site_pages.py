from tools.site_pages import lay_out


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
