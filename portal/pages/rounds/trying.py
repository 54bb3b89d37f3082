"""What an act of the check would do to each of several applications, as the core says; nothing is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.acts.bundles import ChosenAct
from portal.acts.prepared import Line
from portal.acts.preparing import Title
from portal.acts.telling import tell_each_refused
from portal.sheets.choices.warnings import list_unruled
from portal.visit import Visit
from portal.wording.rounds.checks import WORDS
from reading.models import ShownApplication
from reading.rehearsals import Trial
from selection.application.check.commands import FailCheck, PassCheck, SendBack
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from selection.streams import application_stream, round_stream
from selection.wording.round_words import RoundWords
from starter.client.client import new_command_id

SEND_BACK = "send-back"


class Choice(NamedTuple):
    """What was typed: the kind of the act, the codes of grounds, and a text for all of them.

    A ruling on what was found in one application is that one's alone: `rulings` holds the texts of these, by number.
    """

    kind: str
    codes: tuple[str, ...]
    text: str
    rulings: Mapping[str, str]

    @property
    def complete(self) -> bool:
        """Tell whether enough was typed to be tried; a check is passed without codes or text."""
        return self.kind == "pass-check" or bool(self.codes)


@dataclass(frozen=True)
class CheckTrial:
    """An application with the version that was seen, the warnings found in it, and what would refuse the act."""

    row: ShownApplication
    seen: int
    found: tuple[str, ...]
    refused: Refused | None

    @property
    def stream(self) -> str:
        """The application's stream."""
        return application_stream(self.row.round, self.row.number)


async def try_each(
    visit: Visit, marked: Sequence[tuple[ShownApplication, int]], choice: Choice, text: Ref
) -> tuple[CheckTrial, ...]:
    """Return what the act would do to each; before enough was typed, nothing is known to refuse it."""
    first = [CheckTrial(row, seen, (), None) for row, seen in marked]
    if not choice.complete:
        return tuple(first)
    plain = await _find_refusals(
        visit, first, choice._replace(codes=()) if _is_pass(choice) else choice, text
    )
    if not _is_pass(choice):
        return tuple(
            CheckTrial(one.row, one.seen, (), _find_change(one, choice) or refused)
            for one, refused in zip(first, plain, strict=True)
        )
    # What the engine finds is what a check without rulings would be refused for.
    found = [list_unruled(refused) if refused is not None else () for refused in plain]
    ruled = [CheckTrial(one.row, one.seen, codes, None) for one, codes in zip(first, found, strict=True)]
    again = iter(await _find_refusals(visit, [one for one in ruled if one.found], choice, text))
    return tuple(
        CheckTrial(one.row, one.seen, one.found, next(again) if one.found else refused)
        for one, refused in zip(ruled, plain, strict=True)
    )


def choose(item: CheckTrial, choice: Choice, text: Ref | None, words: RoundWords) -> ChosenAct:
    """Return the act on one application, with what it says of this one alone."""
    lines = [] if choice.kind == SEND_BACK else [Line.of_text(*WORDS["version"], str(item.seen))]
    ruled = list_ruled(item, choice)
    if ruled:
        lines.append(_name_codes("codes-pass-check", ruled, words))
        lines.append(Line.of_text(*WORDS["ruling"], choice.rulings[item.row.number]))
    title = Title.of(item.row)
    return ChosenAct(
        stream=item.stream, command=_command(item, choice, text), title=title, lines=tuple(lines)
    )


def tell_choice(choice: Choice, words: RoundWords) -> tuple[Line, ...]:
    """Return what is signed of all of them alike."""
    if _is_pass(choice):
        return ()
    text = Line.of_text(*WORDS[f"text-{choice.kind}"], choice.text)
    return (_name_codes(f"codes-{choice.kind}", choice.codes, words), text)


async def tell_checked(visit: Visit, tried: Sequence[CheckTrial], words: RoundWords) -> dict[str, str]:
    """Return why acts would be refused, by number; of warnings that were not ruled on, by their names."""
    unruled = {item.row.number: list_unruled(item.refused) for item in tried if item.refused}
    if not unruled:
        return {}
    stream = round_stream(tried[0].row.round)
    refused = [item.refused for item in tried if item.refused]
    sentences = await tell_each_refused(visit, stream, refused, words.zone)
    return {
        number: visit.say("checks.unruled", grounds=words.name_grounds(grounds, visit.language))
        if grounds
        else sentence
        for (number, grounds), sentence in zip(unruled.items(), sentences, strict=True)
    }


def _find_change(item: CheckTrial, choice: Choice) -> Refused | None:
    """Return why an application is not sent back whose seen version is not its last: the act itself names none."""
    if choice.kind != SEND_BACK or item.seen == item.row.revision:
        return None
    return Refused("version-changed", version=str(item.seen), current=str(item.row.revision))


async def _find_refusals(
    visit: Visit, items: Sequence[CheckTrial], choice: Choice, text: Ref
) -> tuple[Refused | None, ...]:
    if not items:
        return ()
    trials: list[Trial] = [(item.stream, _command(item, choice, text), new_command_id()) for item in items]
    rehearsals = visit.reads.rehearsals
    return await rehearsals.find_refusals(visit.subject, items[0].row.round, trials, Role.OFFICER)


def _command(item: CheckTrial, choice: Choice, text: Ref | None) -> Frozen:
    if _is_pass(choice):
        ruled = list_ruled(item, choice)
        return PassCheck(revision=item.seen, rulings=ruled, text=text if ruled else None)
    assert text is not None
    if choice.kind == "fail-check":
        return FailCheck(revision=item.seen, grounds=choice.codes, text=text)
    return SendBack(faults=choice.codes, text=text)


def list_ruled(item: CheckTrial, choice: Choice) -> tuple[str, ...]:
    """Return the warnings that the officer rules on here: of those that were ticked, the ones that were found."""
    return tuple(code for code in item.found if code in choice.codes) if _is_pass(choice) else ()


def _is_pass(choice: Choice) -> bool:
    return choice.kind == "pass-check"


def _name_codes(word: str, codes: Sequence[str], words: RoundWords) -> Line:
    en, zh = WORDS[word]
    english, chinese = (words.name_grounds(codes, language) for language in ("en", "zh"))
    return Line(en=en, zh=zh, value_en=english, value_zh=chinese)
