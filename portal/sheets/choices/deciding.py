"""What can be chosen in the acts on a round, and what is known of it: its proposal, levels, deadlines, draws."""

from datetime import UTC, datetime
from typing import get_args

from portal.faults import Fault
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Option
from reading.desk.models import ProposalCase
from selection.kernel.stages import Stage
from selection.round.amending_rules.sentences import name_value
from selection.round.approving.standing import number_of, order_candidates
from selection.round.commands import ExtendDeadline
from selection.round.moving import RUN
from selection.rules.changing.amendments import NONE
from selection.wording.code_names import DEADLINES

MOVABLE = get_args(ExtendDeadline.model_fields["name"].annotation)


async def see_proposal(setting: Setting) -> KnownValue:
    """Return the version of the present proposal."""
    view = await setting.visit.reads.rounds.get(setting.visit.subject, setting.spot.round)
    number = view.row.proposal
    return KnownValue(number, str(number), str(number))


async def find_level(setting: Setting) -> KnownValue:
    """Return the level whose turn it is, the person's own where several are. Raises Fault where no level's is."""
    visit, round_id = setting.visit, setting.spot.round
    view = await visit.reads.rounds.get(visit.subject, round_id)
    waiting = sorted((item for item in view.approval if item.state == "open"), key=lambda item: not item.own)
    code = waiting[0].level if waiting else None
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    level = next((item for item in names.levels if item.code == code), None)
    if level is None:
        raise Fault("nothing-awaited", 404)
    return KnownValue(level.code, level.en, level.zh)


async def list_items(setting: Setting) -> tuple[Option, ...]:
    """Return the centres that are decided on, by their places."""
    case = await _read_case(setting)
    return tuple(
        Option(
            item.row.number,
            f"{item.rank}. {item.row.name_en or item.row.name_zh} ({item.row.number})",
            f"{item.rank}. {item.row.name_zh or item.row.name_en}（{item.row.number}）",
        )
        for item in case.items
    )


async def list_reserve(setting: Setting) -> tuple[Option, ...]:
    """Return the applications in reserve, by their standing."""
    board = await setting.visit.reads.boards.rank_appraised(setting.visit.subject, setting.spot.round)
    rows = {row.number: row for row in board.shown}
    reserve = [
        item for item in order_candidates(board.candidates, board.rules) if item.stage is Stage.RESERVE
    ]
    named = [rows[number_of(item)] for item in reserve if number_of(item) in rows]
    return tuple(
        Option(
            row.number,
            f"{row.name_en or row.name_zh} ({row.number})",
            f"{row.name_zh or row.name_en}（{row.number}）",
        )
        for row in named
    )


async def list_hits(setting: Setting) -> tuple[Option, ...]:
    """Return the centres of which the integrity check found something that nobody has ruled on; one is chosen."""
    waiting = [
        item for item in (await _read_case(setting)).items if item.hit is not None and item.cleared is None
    ]
    return tuple(
        Option(
            item.row.number,
            f"{item.row.name_en or item.row.name_zh} ({item.row.number}): {item.hit}",
            f"{item.row.name_zh or item.row.name_en}（{item.row.number}）：{item.hit}",
            len(waiting) == 1,
        )
        for item in waiting
    )


async def list_movable(setting: Setting) -> tuple[Option, ...]:
    """Return the deadlines that have not passed and can be moved, and what may run from an act in this stage."""
    view = await setting.visit.reads.rounds.get(setting.visit.subject, setting.spot.round)
    now = datetime.now(UTC)
    ahead = [item.deadline for item in view.deadlines if item.deadline in MOVABLE and item.until > now]
    running = [name for name, stages in RUN.items() if view.row.stage in stages and name != "notice"]
    return tuple(Option(name, *DEADLINES[name]) for name in dict.fromkeys((*ahead, *running)))


async def list_amendable(setting: Setting) -> tuple[Option, ...]:
    """Return the fields of the rules that may change now, each with what it is."""
    found = await setting.visit.reads.rounds.list_amendable(setting.visit.subject, setting.spot.round)
    words = (await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)).words
    return tuple(
        Option(
            path,
            f"{words.name_field(path, 'en')}: {name_value(value, 'en')}",
            f"{words.name_field(path, 'zh')}：{name_value(value, 'zh')}",
        )
        for path, value in found
    )


def read_limit(text: str) -> str:
    """Return a limit of the rules as they write it: left open in the words of the page too."""
    return NONE if text.strip() in {name_value(NONE, "en"), name_value(NONE, "zh")} else text


async def find_amendment(setting: Setting) -> KnownValue:
    """Return the change of the rules that waits for a ruling. Raises Fault where none does."""
    rounds = setting.visit.reads.rounds
    found = await rounds.find_waiting_amendment(setting.visit.subject, setting.spot.round)
    if found is None:
        raise Fault("nothing-awaited", 404)
    en, zh = (
        f"{name_value(found.before, language)} → {name_value(found.after, language)}"
        for language in ("en", "zh")
    )
    return KnownValue(
        found.number,
        f"{found.number}: {found.en}, {en}. {found.reason}".strip(),
        f"{found.number}：{found.zh}，{zh}。{found.reason}",
    )


async def find_waiting_draw(setting: Setting) -> KnownValue:
    """Return the draw that is committed and waits. Raises Fault where none does."""
    draws = await setting.visit.reads.rounds.list_draws(setting.visit.subject, setting.spot.round)
    name = next((draw.draw for draw in draws if draw.waiting), None)
    if name is None:
        raise Fault("nothing-awaited", 404)
    return KnownValue(name, name, name)


async def _read_case(setting: Setting) -> ProposalCase:
    return await setting.visit.reads.cases.get(setting.visit.subject, setting.spot.round)
