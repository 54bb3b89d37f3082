import re

import pytest

from selection.wording.refusals import SENTENCES


@pytest.mark.parametrize("code", ["no-such-seat", "same-employer", "same-hands", "unknown-person"])
def test_what_may_be_about_somebody_else_does_not_say_you(code: str) -> None:
    """An officer who appoints someone, or a chair who names someone present, is told about that person."""
    english, chinese = SENTENCES[code]
    assert not re.search(r"\byou", english, re.IGNORECASE)
    assert "您" not in chinese


def test_a_refusal_of_any_stage_stands_in_both_languages() -> None:
    """What rooms say is held while they are imported."""
    for code, (english, chinese) in SENTENCES.items():
        assert re.search(r"[a-z]", english), f"{code} has no English: selection/refusals/any_stage.py"
        assert re.search(r"[\u4e00-\u9fff]", chinese), (
            f"{code} has no Chinese: selection/refusals/any_stage.py"
        )
