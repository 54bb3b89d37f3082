"""What is missing is told as it is asked for: answers are filled in, files added; the record has one code for both."""

import pytest

from selection.forms.checking import AnswerChecker
from selection.forms.form import Form
from tests.selection import story

PROOF = {"code": "proof", "kind": "file", "en": "Proof", "zh": "证明", "required": True}
NAME = {"code": "name", "kind": "text", "en": "Name", "zh": "名称", "required": True}
FORM = Form.model_validate(
    {
        "version": "f-1",
        "en": "F",
        "zh": "表",
        "sections": [
            {
                "code": "a",
                "en": "A",
                "zh": "甲",
                "fields": [
                    PROOF,
                    {**NAME, "code": "title"},
                    {"code": "rows", "kind": "table", "en": "Rows", "zh": "表", "columns": [NAME, PROOF]},
                ],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        ("proof", "not there yet: add the file", "未上传，请上传文件"),
        ("title", "not answered yet: fill it in", "未填写，请补充"),
        ("rows[0].proof", "not there yet: add the file", "未上传，请上传文件"),
    ],
)
def test_what_is_missing_is_said_as_it_is_asked_for(place: str, english: str, chinese: str) -> None:
    found = {fault.path: fault for fault in AnswerChecker(FORM, story.RULES).check({"rows": [{"name": "x"}]})}
    assert sorted(found) == ["proof", "rows[0].proof", "title"]
    assert found[place].for_record == f"{place} missing"
    assert (found[place].sentence(), found[place].sentence("zh")) == (english, chinese)
