from io import StringIO

import pytest
from rich.console import Console

from selection.refusals.refused import Refused
from starter.demo.desk import Refusal
from starter.demo.example import load_example
from starter.demo.narrator import Narrator


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "2024-08-28 24:00 Beijing time"), ("zh", "北京时间2024年8月28日 24:00")],
)
def test_a_refusal_is_told_in_the_words_of_the_client(language: str, told: str) -> None:
    console = Console(file=StringIO(), width=300)
    late = Refused("late", deadline="submission", until="2024-08-28T16:00:00+00:00")
    Narrator(console, language, load_example().rehearsal.called).refusal(
        Refusal("applicant-35", "A35", "submit", late)
    )
    assert isinstance(console.file, StringIO)
    said = console.file.getvalue()
    assert told in said
    assert "T16:00" not in said
