"""The letters about reversals give commands that work as they are written, in both languages."""

import re
import shlex
from collections.abc import Callable

import pytest

from selection.kernel.stages import Stage
from selection.letters.rendering import render
from selection.process.letter import Letter
from starter.cli.command_table import load_command
from tests import factories as f
from tests.desk import Desk
from tests.selection.reversing.reversals import OTHER, SECOND, agree, reverse, standing
from tests.selection.reversing.test_integrity import clear_hit, reverse as reverse_integrity
from tests.selection.reversing.test_rulings_on_conflicts import NAME, report_and_rule
from tests.selection.reversing.test_rulings_on_objections import NAME as OBJECTION, pass_notice

PLACE = f"{f.ROUND}/0001"


def a_survey() -> Desk:
    desk = standing(Stage.APPRAISED)
    desk.act(reverse("survey"), OTHER)
    return desk


def a_conflict() -> Desk:
    desk, _ = report_and_rule(Stage.SURVEY, upheld=False)
    agree(desk, "conflict", NAME)
    return desk


def an_objection() -> Desk:
    desk = pass_notice()
    desk.act(reverse("objection", objection=OBJECTION), SECOND)
    return desk


def a_hit() -> Desk:
    desk = clear_hit()
    desk.act(reverse_integrity("0001"), f.OFFICER)
    return desk


CASES = [
    (a_survey, "reversal-entered", f"reversal decline {PLACE} survey --text"),
    (a_conflict, "reversal-entered", f"reversal decline {PLACE} conflict --report {NAME} --text"),
    (a_conflict, "conflict-reopened", f"conflict rule {PLACE} {NAME} --upheld --text"),
    (an_objection, "reversal-entered", f"reversal enter {PLACE} objection --objection {OBJECTION} --text"),
    (a_hit, "integrity-reversal-entered", f"round reverse-integrity {f.ROUND} 0001 --dry-run"),
    (a_hit, "integrity-reversal-entered", f"round decline-integrity {f.ROUND} 0001 --text"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("tell", "template", "named"), CASES)
def test_each_command_of_a_letter_is_one_that_the_command_line_takes(
    tell: Callable[[], Desk], template: str, named: str, language: str
) -> None:
    sent = [item for item in tell().sent if isinstance(item, Letter) and item.template == template]
    assert sent
    _, body = render(template, sent[0].params, language)
    commands = re.findall("`selection ([^`]*)`", body)
    assert any(command.startswith(named) for command in commands), body
    for command in commands:
        group, name, *words = shlex.split(command)
        # What is missing or unknown is refused here.
        load_command(group).commands[name].make_context(name, words)
