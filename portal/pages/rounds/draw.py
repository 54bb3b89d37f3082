"""The draw of panels: what it would be computed from, and the numbers that it is committed to."""

import re
from collections.abc import Callable, Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman, Title
from portal.acts.telling import tell_refusal
from portal.faults import Fault
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.rounds.draw import WORDS
from reading.models import RoundNames, ShownDraw
from selection.kernel.actor import Role
from selection.kernel.instants import show_issue
from selection.refusals.refused import Refused
from selection.streams import round_stream
from selection.visibility.viewer import OVERSEEING, Standing
from selection.wording.code_names import POSTS, name_clash, name_of
from starter.client.client import new_command_id
from starter.rounds.drawing import commit_anew, next_draw

PATH = "/rounds/{round}/draw"
NAMED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39} [0-9T:-]{1,40}$", re.ASCII)


async def show_draw(visit: Visit) -> Response:
    """Show what a draw would be computed from, or that one waits to be opened."""
    return await _show(visit, [])


async def commit_draw(visit: Visit, form: FormData) -> Response:
    """Deposit a new secret, and show the commitment to be signed."""
    source, _, issue = text_of(form, "numbers", 100).partition(" ")
    if not NAMED.match(f"{source} {issue}"):
        return await _show(visit, [("numbers", visit.say("draw.no-numbers"))])
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    name = next_draw(await visit.reads.rounds.list_draws(visit.subject, round_id))
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    role = Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER
    draftsman = Draftsman(visit, round_stream(round_id), role)
    command = await commit_anew(name, source, issue, draftsman.store_text)
    try:
        await visit.reads.rehearsals.rehearse(visit.subject, round_id, command, role, new_command_id())
    except Refused as refused:
        return await _show(visit, [("", _tell(visit, names, refused))])
    lines = (
        Line.of_text(*WORDS["name"], name),
        Line.of_text(*WORDS["commitment"], command.commitment),
        _name_both("source", names.words.name_source, source),
        _name_both("issue", show_issue, issue),
    )
    about = Title(names.title.en, names.title.zh)
    return await draftsman.show(command, lines, about=about, back=visit.here)


async def _show(visit: Visit, faults: list[tuple[str, str]]) -> Response:
    round_id = visit.request.path_params["round"]
    if OVERSEEING.isdisjoint(await visit.reads.rounds.get_standings(visit.subject, round_id)):
        raise Fault("hidden", 404)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    draws = await visit.reads.rounds.list_draws(visit.subject, round_id)
    waiting = next((draw for draw in draws if draw.waiting), None)
    committing = await visit.reads.rounds.find_committing_post(visit.subject, round_id)
    pool, refused = None, ""
    if waiting is None:
        try:
            asked = (round_id, next_draw(draws), new_command_id())
            pool = await visit.reads.rehearsals.measure_draw(visit.subject, *asked)
        except Refused as why:
            refused = _tell(visit, names, why)
    context = {
        "round": round_id,
        "names": names,
        "draws": draws,
        "waiting": waiting,
        "unfilled": _find_unfilled(draws),
        "name_clash": lambda names: name_clash(names, visit.language),
        "next": next_draw(draws),
        "pool": pool,
        "committing": name_of(POSTS, committing, visit.language),
        "refused": refused,
        "issues": await visit.reads.rounds.list_issues(visit.subject, round_id),
        "numbers": text_of(await visit.request.form(), "numbers", 100) if faults else "",
        "name_numbers": lambda source, issue: " ".join(
            (names.words.name_source(source, visit.language), show_issue(issue, visit.language))
        ),
        "name_issue": lambda issue: show_issue(issue, visit.language),
        "name_source": lambda source: names.words.name_source(source, visit.language),
        "faults": faults,
        "wrong": dict(faults),
    }
    status = 422 if faults else 200
    return visit.render("rounds/draw.html", context, status=status, zone=names.words.zone)


def _find_unfilled(draws: Sequence[ShownDraw]) -> ShownDraw | None:
    """Return the last draw that was not voided, if it filled no seat."""
    last = next((draw for draw in reversed(draws) if not draw.voided), None)
    return last if last is not None and last.clashing else None


def _name_both(label: str, name: Callable[[str, str], str], code: str) -> Line:
    """Return a line for what is chosen, by its names in both languages."""
    en, zh = WORDS[label]
    return Line(en=en, zh=zh, value_en=name(code, "en"), value_zh=name(code, "zh"))


def _tell(visit: Visit, names: RoundNames, refused: Refused) -> str:
    return tell_refusal(visit.language, refused.code, refused.params, names.words.zone)


ROUTES = (show(PATH, show_draw), take(PATH, commit_draw))
