"""Where each act is done in pages, and how: from a command of the demo's people to the page on which it is signed."""

from pathlib import Path

from portal.sheets.fields import fields_of
from portal.sheets.tables.table import SHEETS
from selection.application import commands as c
from selection.decision.command import kind_of
from selection.kernel.model import Frozen
from selection.recommendation.commands import Recommend
from selection.round import commands as r
from selection.rules.model import RoundRules
from tests.browser.round.typing import type_form, type_scores, type_sheet
from tests.browser.support.hands import Hands, Typed, Unfit

CHECK, SAVE = "button[name=do][value=check]", "button[name=do][value=save]:not(.unseen)"
ONLY = "main form button"
RECALCULATE = "button[name=do][value=recalculate] >> nth=0"


class Pages:
    """Fills in the page of an act. `texts` are what people wrote, by the id of its reference, for all who fill in."""

    def __init__(self, hands: Hands, rules: RoundRules, photo: Path, texts: dict[str, str]) -> None:
        self._hands, self._rules, self._photo, self.texts = hands, rules, photo, texts
        """By draw, the secret that its officer kept."""

    async def fill_in(self, stream: str, command: Frozen) -> None:
        """Fill the page in and lead to where the act is signed. Raises Unfit with what the page says is wrong."""
        kind, (_, _, place) = kind_of(command), stream.partition("/")
        match command:
            case c.AcceptInvitation() | c.DeclineInvitation() | c.DeclareConflict():
                await self._answer(f"/invitations/{place}", command)
            case c.CorrectReview():  # which is a review as well
                await self._sheet(f"/do/{kind}/{place}", command)
            case c.SubmitReview():
                await self._review(f"/reviews/{place}", command)
            case r.CommitDraw():
                await self._commit(f"/rounds/{place}/draw", command)
            case r.FixShortlist() | r.FixDeviatingShortlist():
                await self._shortlist(f"/rounds/{place}/shortlist", command)
            case r.Propose() | r.ProposeDeviating():
                await self._propose(f"/rounds/{place}/proposal", command)
            case Recommend():
                await self._sheet(f"/do/{kind}/{place.partition('/')[0]}/{command.application}", command)
            case _:
                await self._sheet(f"/do/{kind}/{place}", command)

    async def _sheet(self, path: str, command: Frozen) -> None:
        sheet = SHEETS[kind_of(command)]
        await self._hands.open(path)
        for name in {"photos", "evidence"} & {field.name for field in fields_of(sheet)}:
            await self._hands.page.locator(f"[name='u.{name}']").set_input_files(self._photo)
        await self._type(type_sheet(sheet, command, self.texts, self._rules.forms), CHECK)

    async def _answer(
        self, path: str, command: c.AcceptInvitation | c.DeclineInvitation | c.DeclareConflict
    ) -> None:
        await self._hands.open(path)
        match command:
            case c.AcceptInvitation():
                typed: Typed = {"answer": ("accept",), "pledge": ("yes",)}
            case c.DeclineInvitation():
                reason = command.reason
                typed = {"answer": ("decline",), "text": (self.texts[reason.id] if reason else "",)}
            case c.DeclareConflict():
                typed = {"answer": ("conflict",), "text": (self.texts[command.text.id],)}
        await self._type(typed, CHECK)

    async def _review(self, path: str, command: c.SubmitReview) -> None:
        await self._hands.open(path)
        answers = type_form("review", command.form, self.texts, self._rules.forms)
        await self._type({**type_scores(command.scores), **answers}, CHECK)

    async def _commit(self, path: str, command: r.CommitDraw) -> None:
        await self._hands.open(path)
        if not await self._hands.page.locator("#numbers").count():
            raise Unfit(f"{self._hands.page.url} lets nobody commit a draw")
        # The numbers that the client waits for: a page offers but the next ones, of hours that pass in no time.
        chosen = "(field, named) => field.add(new Option(named, named, true, true))"
        named = f"{command.source} {command.issue}"
        await self._hands.page.locator("#numbers").evaluate(chosen, named)
        await self._hands.press(ONLY)

    async def _shortlist(self, path: str, command: r.FixShortlist | r.FixDeviatingShortlist) -> None:
        await self._hands.open(path)
        if isinstance(command, r.FixShortlist):
            await self._type({}, CHECK)
            return
        if command.add or command.remove:
            changed = {f"mark.{number}": ("yes",) for number in command.add}
            await self._type({**changed, **{f"mark.{number}": () for number in command.remove}}, RECALCULATE)
        whys = {**command.add, **command.remove}
        await self._type({f"why.{number}": (self.texts[ref.id],) for number, ref in whys.items()}, CHECK)

    async def _propose(self, path: str, command: r.Propose | r.ProposeDeviating) -> None:
        await self._hands.open(path)
        places = {item.application: str(item.rank) for item in command.items}
        shown = await self._hands.page.locator("input.place").evaluate_all(
            "all => all.map((one) => one.name)"
        )
        await self._type(
            {name: (places.get(name.removeprefix("place."), ""),) for name in shown}, RECALCULATE
        )
        reasons = {f"reason.{item.application}": (self.texts[item.reason.id],) for item in command.items}
        deviations = command.deviations if isinstance(command, r.ProposeDeviating) else {}
        whys = {f"why.{number}": (self.texts[ref.id],) for number, ref in deviations.items()}
        await self._type({**reasons, **whys}, CHECK)

    async def _type(self, typed: Typed, button: str) -> None:
        if missing := await self._hands.fill(typed):
            raise Unfit(f"{self._hands.page.url} has no field {missing}")
        await self._hands.press(button)
