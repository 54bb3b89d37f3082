"""A round begins: a file of rules, with every fault of it told; what it says is then read, sealed and signed."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.preparing import Draftsman, Title
from portal.acts.rules_in_words import tell_rules
from portal.acts.telling import tell_refused
from portal.faults import Fault
from portal.pages.rounds.files import LARGEST, read_file
from portal.routing import show, take, text_of
from portal.visit import Visit
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.rules.loading import RoundRules, RulesFault, RulesFaults
from selection.sealing import load_rules
from selection.streams import round_stream
from selection.wording.round_words import words_of
from starter.rounds.opening import open_by

PATH = "/open-round"
ROUND = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", re.ASCII)


async def show_opening(visit: Visit) -> Response:
    """Show the form to officers and administrators of the register."""
    _require_opener(visit)
    return _show(visit, "", [])


async def take_rules(visit: Visit, form: FormData) -> Response:
    """Read a file of rules: show every fault of it, or what it says, to be sealed and signed."""
    _require_opener(visit)
    round_id, text = text_of(form, "round"), await read_file(form, "rules")
    faults = []
    if not ROUND.match(round_id):
        faults.append(("round", visit.say("opening.no-name")))
    if text is None:
        faults.append(("rules", visit.say("opening.no-file")))
    if text is None or faults:
        return _show(visit, round_id, faults)
    try:
        rules = load_rules(text)
    except RulesFaults as found:
        several = visit.say("opening.faulty", count=len(found.faults))
        return _show(visit, round_id, [("rules", several)], found.faults)
    try:
        return await _prepare(visit, round_id, rules)
    except Refused as refused:
        sentence = await tell_refused(visit, round_stream(round_id), refused, words_of(rules).zone)
        return _show(visit, round_id, [("rules", sentence)])


async def _prepare(visit: Visit, round_id: str, rules: RoundRules) -> Response:
    command, role = open_by(rules, visit.subject.person)
    about = Title(rules.title.en, rules.title.zh)
    draftsman = Draftsman(visit, round_stream(round_id), role)
    return await draftsman.show(command, await tell_rules(visit, rules), about=about, back=PATH)


def _show(
    visit: Visit, round_id: str, faults: list[tuple[str, str]], found: Sequence[RulesFault] = ()
) -> Response:
    language: Literal["en", "zh"] = "zh" if visit.language == "zh" else "en"
    sentences = [{"line": item.line, "path": item.path, "text": item.sentence(language)} for item in found]
    context: dict[str, Any] = {"round": round_id, "faults": faults, "wrong": dict(faults), "found": sentences}
    return visit.render("rounds/opening.html", context, status=422 if faults else 200)


def _require_opener(visit: Visit) -> None:
    if not visit.holds(Role.OFFICER, Role.ADMIN):
        raise Fault("hidden", 404)


ROUTES = (show(PATH, show_opening), take(PATH, take_rules, largest=LARGEST, files=1))
