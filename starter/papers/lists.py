"""The papers of a round: proposal, public notice, approval, issued list; all to its staff."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from papers.kinds import PaperKind
from papers.lists import (
    Approval,
    ApprovalSheet,
    Coverage,
    Deviation,
    Hit,
    IssuedListPaper,
    Level,
    NoticePaper,
    PlacedCentre,
    ProposalPaper,
    ProposedCentre,
    Share,
)
from reading.models import ShownApplication, ShownEntry
from selection.kernel.named import Named
from selection.round import events as r
from selection.streams import round_stream
from starter.papers.material import Material, find_last, name_in, require_last
from starter.papers.not_yet import PaperNotYet

PROPOSED = r.ProposalMade.TYPE
NOTICE = r.PublicNoticeOpened.TYPE
SETTLED = r.HeldItemsSettled.TYPE
CHECKED = r.IntegrityChecked.TYPE
RULED = r.IntegrityHitRuled.TYPE
APPROVED = r.LevelApproved.TYPE
ISSUED = r.ListIssued.TYPE


async def make_proposal(material: Material) -> ProposalPaper:
    """Return the last proposal with its reasons and what it covers. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    entry = require_last(await material.list_round(), PROPOSED)
    data, stream = entry.view["data"], round_stream(material.round)
    rows = {row.number: row for row in await material.list_rows()}
    items = [
        ProposedCentre(
            rank=item["rank"],
            centre=await material.get_centre(item["application"]),
            score=_number(rows[item["application"]].score),
            agreed=_number(rows[item["application"]].agreed),
            reason=await material.read(item["reason"], stream),
        )
        for item in data["items"]
    ]
    chosen = [item["application"] for item in data["items"]]
    deviations = [
        Deviation(
            centre=await material.get_centre(number),
            chosen=number in chosen,
            reason=await material.read(ref, stream),
        )
        for number, ref in data["deviations"].items()
    ]
    return ProposalPaper(
        **material.head(PaperKind.PROPOSAL, entry),
        version=data["proposal"],
        places=material.names.places,
        items=tuple(items),
        deviations=tuple(deviations),
        coverage=_measure(material, [rows[number] for number in chosen]),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _measure(material: Material, rows: list[ShownApplication]) -> Coverage:
    names = material.names
    return Coverage(
        fields=_share(names.fields, [row.field for row in rows], names.per_field_max),
        regions=_share(names.regions, [row.region for row in rows], names.per_region_max),
        priorities=_share(names.priorities, [row.priority for row in rows if row.priority], None),
    )


def _share(named: Iterable[Named], codes: list[str], limit: int | None) -> tuple[Share, ...]:
    counts, order = Counter(filter(None, codes)), [item.code for item in named]
    present = sorted(counts, key=lambda code: (-counts[code], order.index(code) if code in order else 0))
    return tuple(Share(name=name_in(named, code), count=counts[code], limit=limit) for code in present)


async def make_notice(material: Material) -> NoticePaper:
    """Return the public notice of the last proposal that had one. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    entries = await material.list_round()
    entry = require_last(entries, NOTICE)
    ranks = _list_ranks(entries, entry.view["data"]["proposal"])
    return NoticePaper(
        **material.head(PaperKind.NOTICE, entry),
        items=await _number_centres(material, ranks, publish=True),
        until=entry.view["data"]["until"],
    )


async def make_approval(material: Material) -> ApprovalSheet:
    """Return how far the proposal that is decided on was approved, and by whom. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    entries, stream = await material.list_round(), round_stream(material.round)
    latest = require_last(entries, PROPOSED, SETTLED)
    # What was decided on a proposal counts until it is sent back, or until a held item joins it.
    number = latest.view["data"]["proposal"]
    later = [entry for entry in entries if entry.view["data"].get("proposal") == number]
    checked = find_last(later, CHECKED)
    ruled = {
        entry.view["data"]["application"]: entry.view["data"]["cleared"]
        for entry in entries
        if entry.view["type"] == RULED and checked is not None and entry.seq > checked.seq
    }
    hits = checked.view["data"]["hits"] if checked else {}
    approvals = [entry for entry in later if entry.view["type"] == APPROVED]
    return ApprovalSheet(
        **material.head(PaperKind.APPROVAL, (approvals or [checked or latest])[-1]),
        version=number,
        items=await _number_centres(material, _list_ranks(entries, number)),
        checked=checked is not None,
        check_text=await material.read(checked.view["data"]["text"], stream) if checked else (),
        hits=tuple([Hit(centre=await material.get_centre(item), cleared=ruled.get(item)) for item in hits]),
        levels=tuple([await _show_level(material, level.code, approvals) for level in material.names.levels]),
    )


async def _show_level(material: Material, code: str, approvals: list[ShownEntry]) -> Level:
    view = await material.reads.rounds.get(material.who, material.round)
    needed = next(level.needed for level in view.approval if level.level == code)
    stream = round_stream(material.round)
    own = [entry for entry in approvals if entry.view["data"]["level"] == code]
    given = [
        Approval(
            person=entry.view["actor"]["person"],
            at=entry.view["at"],
            reason=await material.read(entry.view["data"].get("reason"), stream),
        )
        for entry in own
    ]
    return Level(
        name=name_in(material.names.levels, code),
        needed=needed,
        passed=any(entry.view["data"]["passed"] for entry in own),
        given=tuple(given),
    )


async def make_list(material: Material) -> IssuedListPaper:
    """Return the list with all its supplements, as last issued. Raises Hidden, or PaperNotYet."""
    await material.require_staff()
    issued = [entry for entry in await material.list_round() if entry.view["type"] == ISSUED]
    if not issued:
        raise PaperNotYet
    places = {number: place for entry in issued for number, place in entry.view["data"]["places"].items()}
    return IssuedListPaper(
        **material.head(PaperKind.LIST, issued[-1]),
        items=await _number_centres(material, places, publish=True),
    )


def _list_ranks(entries: tuple[ShownEntry, ...], proposal: int) -> dict[str, int]:
    """Return the items of the proposal of this number, or of the one that it came of when held items were settled."""
    found = [entry for entry in entries if entry.view["type"] == PROPOSED]
    numbered = [entry for entry in found if entry.view["data"]["proposal"] <= proposal]
    items: list[dict[str, Any]] = numbered[-1].view["data"]["items"]
    return {item["application"]: item["rank"] for item in items}


async def _number_centres(
    material: Material, places: dict[str, int], *, publish: bool = False
) -> tuple[PlacedCentre, ...]:
    ordered = sorted(places.items(), key=lambda item: item[1])
    return tuple(
        [
            PlacedCentre(
                place=place,
                centre=await material.get_centre(number),
                public=await material.read_public(number) if publish else (),
            )
            for number, place in ordered
        ]
    )
