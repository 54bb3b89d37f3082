"""What a decision knew that no log holds: taken from what its own entries say, since nothing else is left of it.

Of a round's decisions, and of the installation's, these are when contents were stored and which of them could be cited.
Of the installation's alone: that the identities of people who were registered were stored; whether something rested on
a person who was erased, and which contents went with them; what the outbox held of a letter that was settled, and who
its officers were if it is another round's; the one-time code of an invitation, of which the entry has the hash.
"""

from datetime import UTC, datetime

from audit.decisions.officers import Officers
from selection.application.check.events import CheckFailed, CheckPassed
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.deposit import Deposit, DepositAsked
from selection.decision.facts import ContentFact, FactsRequest
from selection.decision.likeness import Likeness
from selection.decision.register_views import CodeFact, LetterFact
from selection.kernel.leaf import Leaf
from selection.register import events as e, key_events as k
from selection.round.drawing.events import DrawOpened
from selection.streams import log_of

CITING = ("unknown-content", "wrong-content")
"""The refusals of an act for what it cites, which come after all others."""
LONG_BEFORE = datetime.min.replace(tzinfo=UTC)


def read_contents(leaves: list[Leaf], asked: FactsRequest) -> dict[str, ContentFact]:
    """Return what was cited as the act's own entry tells: all of it right, but what it was refused for.

    When it was stored is told where that saved the act; refused for what it cites, it was in time. Who may cite
    what is the claim `citations-by-right`.
    """
    mine = next((leaf for leaf in leaves if leaf.actor.person == asked.reader), None)
    if mine is None:
        return {}
    refused = (mine.data["code"], mine.data["params"].get("place")) if mine.type == ActRefused.TYPE else None
    late = refused is None or refused[0] not in CITING
    stored = mine.data.get("stored_before") or (mine.recorded if late else LONG_BEFORE)
    kinds = {item.ref.id: item.kind for item in asked.contents if item.kind is not None}
    hashes: dict[str, str] = {}
    for item in asked.contents:
        if refused == ("unknown-content", item.place):
            break
        if refused == ("wrong-content", item.place):
            kinds[item.ref.id] = "file" if item.kind == "text" else "text"
        hashes.setdefault(item.ref.id, item.ref.sha256)
    return {
        ref: ContentFact(sha256=sha256, kind=kinds.get(ref, "file"), stored=stored)
        for ref, sha256 in hashes.items()
    }


def read_likeness(leaves: list[Leaf]) -> Likeness:
    """Return what an application came near to as the act's own entry tells: that it did is `similar-in-view`."""
    for leaf in leaves:
        event = event_of(leaf)
        if isinstance(event, CheckPassed | CheckFailed):
            return Likeness(directions=event.directions, twins=event.twins)
        if isinstance(event, ActRefused):
            # What is refused for them names them, or their codes alone.
            named = {key: event.params.get(key, "-") for key in ("directions", "applications")}
            place = event.params.get("place", "")
            if event.code == "similar-unseen":
                return Likeness(
                    directions=_split_names(named["directions"]), twins=_split_names(named["applications"])
                )
            if event.code in ("missing", "ground-not-ruled"):
                text = f"{place}, {event.params.get('grounds', '')}"
                return Likeness(
                    directions=("-",) if "direction-similar" in text else (),
                    twins=("-",) if "same-form" in text else (),
                )
    return Likeness()


def read_deposit(leaves: list[Leaf], asked: DepositAsked) -> Deposit:
    """Return what was deposited for a draw as the act's own entry tells.

    That an opened secret is the one that was committed to is `draws-committed`.
    """
    for leaf in leaves:
        event = event_of(leaf)
        if isinstance(event, DrawOpened):
            return Deposit.of(event.secret)
        if isinstance(event, ActRefused) and event.code in ("deposit-unfit", "deposit-gone"):
            return Deposit()
    return Deposit(digest=asked.commitment)


def _split_names(names: str) -> tuple[str, ...]:
    return () if names == "-" else tuple(names.split(", "))


def read_erasure(leaves: list[Leaf]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the duties (by a name for all of them) and the contents of a person who was erased."""
    erased = [event for event in map(event_of, leaves) if isinstance(event, e.PersonErased)]
    duties = ("-",) if any(event.forced for event in erased) else ()
    return duties, tuple(content for event in erased for content in event.contents)


def read_letters(leaves: list[Leaf], officers: dict[str, Officers]) -> dict[int, LetterFact]:
    """Return the letters that were settled, by number; `officers` are those of the rounds that are known."""
    found: dict[int, LetterFact] = {}
    for leaf in leaves:
        event = event_of(leaf)
        if isinstance(event, e.LetterSettled):
            known = officers.get(log_of(event.target))
            found[letter_of(event)] = LetterFact(
                stream=event.target,
                version=event.caused_by,
                key=event.letter,
                message_id=event.message_id,
                to=event.to,
                found=event.found,
                waits=True,
                settled=0,
                officers=known.find(leaf) if known else (leaf.actor.person,),
                gone=False,
            )
    return found


def letter_of(event: e.LetterSettled) -> int:
    """Return a settled letter's number. Raises ValueError for a task that is of none."""
    return int(event.task.rpartition("/")[2])


def read_codes(leaves: list[Leaf]) -> dict[str, CodeFact]:
    """Return what knows the code that each person was sent, and where it was stored for the letter."""
    invited = (event for event in map(event_of, leaves) if isinstance(event, k.SignerInvited))
    return {event.person: CodeFact(known=event.known, ref=event.code) for event in invited}
