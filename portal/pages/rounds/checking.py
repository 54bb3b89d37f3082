"""The same act of the check for several applications: filled in once, tried on each, then shown to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.bundles import AT_MOST, Together, path_of_bundle, prepare_bundle
from portal.faults import Fault
from portal.forms.drafts import CHECK, LEAVE, open_draft, save_draft
from portal.forms.typed import Typed, read_typed
from portal.pages.rounds.boards import FIELDS, LARGEST, LONGEST, BoardNotes, require_officer
from portal.pages.rounds.trying import (
    CheckTrial,
    Choice,
    choose,
    list_ruled,
    tell_checked,
    tell_choice,
    try_each,
)
from portal.routing import show, take, text_of
from portal.visit import Visit
from reading.rehearsals import UNSTORED
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.rules.grounds import Ground
from selection.streams import round_stream

DESK = "/rounds/{round}/checks"
PATH = f"{DESK}/together"
KINDS = ("pass-check", "send-back", "fail-check")
MARK, TYPED = "m.", "f."
DIGITS = 9
"""Digits of a version at most."""
ACT, CODES, TEXT, RULING = "act", "f.codes", "f.text", "ruling."


@dataclass(frozen=True)
class ChoiceDraft:
    """What was marked and typed: the act, the versions that were seen by number, codes and text."""

    typed: Typed
    version: int

    @property
    def kind(self) -> str:
        """The kind of the act."""
        return self.typed.get(ACT, ("",))[0]

    @property
    def marks(self) -> dict[str, int]:
        """The version that was seen of each marked application, by number."""
        marked = {name.removeprefix(MARK): at[0] for name, at in self.typed.items() if name.startswith(MARK)}
        return {number: int(at) for number, at in marked.items() if is_version(at)}

    @property
    def choice(self) -> Choice:
        """What was typed for all of them."""
        texts = {name: values[0].strip() for name, values in self.typed.items() if values}
        rulings = {
            name.removeprefix(RULING): text
            for name, text in texts.items()
            if text and name.startswith(RULING)
        }
        return Choice(self.kind, self.typed.get(CODES, ()), texts.get(TEXT, ""), rulings)


async def show_checking(visit: Visit) -> Response:
    """Show what was marked and typed, with what it would do to each."""
    begun = await _open(visit)
    return await _show(visit, begun, await _try(visit, begun), BoardNotes(begun.version))


async def take_checking(visit: Visit, form: FormData) -> Response:
    """Keep what was typed and try it; or show those acts to be signed that would be done."""
    round_id, wanted = visit.request.path_params["round"], text_of(form, "do", 20)
    await require_officer(visit)
    typed = read_typed(form, (MARK, TYPED, RULING, ACT))
    if typed.get(ACT, ("",))[0] not in KINDS or len(typed) > 2 * AT_MOST + 10:
        raise Fault("form-unfit")
    version = await save_draft(visit, place_of_draft(round_id), form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    begun = ChoiceDraft(typed, version or (await _open(visit)).version)
    tried = await _try(visit, begun)
    if version is None:
        return await _show(visit, begun, tried, BoardNotes(begun.version, overtaken=True), status=409)
    if wanted != CHECK:
        return await _show(visit, begun, tried, BoardNotes(begun.version))
    faults = _find_faults(visit, begun, tried, text_of(form, "seen", 2_000))
    if faults:
        return await _show(visit, begun, tried, BoardNotes(begun.version, faults), status=422)
    return await _prepare(visit, begun, tried)


async def _prepare(visit: Visit, begun: ChoiceDraft, tried: Sequence[CheckTrial]) -> Response:
    """Store what is written to all of them once, and each ruling; lead to where those acts are signed."""
    round_id, choice = visit.request.path_params["round"], begun.choice
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    would = [item for item in tried if item.refused is None]
    ruled = [item.row.number for item in would if list_ruled(item, choice)]
    texts = {number: await _store(visit, choice.rulings[number]) for number in ruled}
    common = None if choice.kind == "pass-check" else await _store(visit, choice.text)
    chosen = [choose(item, choice, texts.get(item.row.number, common), names.words) for item in would]
    together = Together(
        round=round_id,
        role=Role.OFFICER,
        lines=tell_choice(choice, names.words),
        back=DESK.format(round=round_id),
        change=PATH.format(round=round_id),
        draft=place_of_draft(round_id),
        draft_version=begun.version,
    )
    try:
        bundle = await prepare_bundle(visit, chosen, together)
    except Refused:
        notes = BoardNotes(begun.version, [("", visit.say("checks.two"))])
        return await _show(visit, begun, tried, notes, status=422)
    return visit.lead(path_of_bundle(bundle.id))


async def _store(visit: Visit, text: str) -> Ref:
    """Store a text that an act cites, in the log of the round."""
    client = await visit.portal.backend.client()
    return await client.store_text(text, person=visit.subject.person, log=visit.request.path_params["round"])


def _find_faults(
    visit: Visit, begun: ChoiceDraft, tried: Sequence[CheckTrial], seen: str
) -> list[tuple[str, str]]:
    choice, found = begun.choice, []
    if choice.kind != "pass-check" and not choice.codes:
        found.append(("codes", visit.say("checks.no-codes")))
    if choice.kind != "pass-check" and not choice.text:
        found.append((TEXT, visit.say("checks.no-text")))
    if len(choice.text) > LONGEST:
        found.append((TEXT, visit.say("checks.too-long", limit=LONGEST)))
    for item in tried:
        text = choice.rulings.get(item.row.number, "")
        if item.refused is None and list_ruled(item, choice) and not 0 < len(text) <= LONGEST:
            code = "too-long" if text else "no-ruling"
            found.append((f"{RULING}{item.row.number}", visit.say(f"checks.{code}", **_name(item))))
    if not found and not any(item.refused is None for item in tried):
        found.append(("tried", visit.say("checks.none-would")))
    if not found and seen != sum_up(tried):
        found.append(("tried", visit.say("checks.changed")))
    return found


def _name(item: CheckTrial) -> dict[str, object]:
    return {"number": item.row.number, "limit": LONGEST}


def is_version(text: str) -> bool:
    """Tell whether a text is the number of a version."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def sum_up(tried: Sequence[CheckTrial]) -> str:
    """Return which of them would be done, as the page shows it and sends it back."""
    return " ".join(item.row.number for item in tried if item.refused is None)


async def _try(visit: Visit, begun: ChoiceDraft) -> tuple[CheckTrial, ...]:
    """Return what the act would do to each marked application that shows, as far as enough was typed for it."""
    round_id, choice = visit.request.path_params["round"], begun.choice
    if choice.kind not in KINDS:
        return ()
    rows = {row.number: row for row in await visit.reads.applications.list_of_round(visit.subject, round_id)}
    marked = [(rows[number], seen) for number, seen in begun.marks.items() if number in rows]
    return await try_each(visit, marked[:AT_MOST], choice, UNSTORED)


async def _open(visit: Visit) -> ChoiceDraft:
    """Return what was begun. Raises Fault to who is no officer of the round."""
    await require_officer(visit)
    typed, version = await open_draft(visit, place_of_draft(visit.request.path_params["round"]))
    return ChoiceDraft(typed or {}, version)


async def _show(
    visit: Visit, begun: ChoiceDraft, tried: Sequence[CheckTrial], notes: BoardNotes, *, status: int = 200
) -> Response:
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "round": round_id,
        "names": names,
        "begun": begun,
        "choice": begun.choice,
        "tried": tried,
        "would": sum(item.refused is None for item in tried),
        "seen": sum_up(tried),
        "ruled": {item.row.number for item in tried if list_ruled(item, begun.choice)},
        "why": await tell_checked(visit, tried, names.words),
        "name_grounds": lambda codes: names.words.name_grounds(codes, visit.language),
        "grounds": _list_grounds(names.words.grounds, begun.kind, tried),
        "notes": notes,
        "wrong": dict(notes.faults),
    }
    return visit.render("rounds/checking.html", context, status=status, zone=names.words.zone)


def _list_grounds(grounds: Sequence[Ground], kind: str, tried: Sequence[CheckTrial]) -> list[Ground]:
    """Return the grounds that the act can name by the rules; of a check that is passed, those found in any of them."""
    if kind == "pass-check":
        found = {code for item in tried for code in item.found}
        return [ground for ground in grounds if ground.rule and ground.code in found]
    return [ground for ground in grounds if ground.mend or kind == "fail-check"]


def place_of_draft(round_id: str) -> str:
    """Return where it is kept what was marked and typed."""
    return f"checks-together {round_stream(round_id)}"


ROUTES = (show(PATH, show_checking), take(PATH, take_checking, largest=LARGEST, fields=FIELDS, draft=True))
