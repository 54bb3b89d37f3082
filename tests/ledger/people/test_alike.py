"""What an application comes near to, out of a real record: the same form under two names, and held directions."""

from ledger.decision.reads import ReadNotes
from ledger.record import Ledger
from selection.decision.likeness import Likeness, LikenessAsked
from selection.kernel.named import Named
from selection.kernel.unit_codes import canonical_code
from tests import factories as f
from tests.ledger.support.deciding import ONE, TWO, submit

HELD = (Named(code="vr", en="generic virtual-reality technology", zh="虚拟现实共性技术"),)


def ask(**changes: object) -> LikenessAsked:
    form = f.ref("form").with_(id="form.applicant-1")
    told = {"number": "0001", "contents": (form,), "units": (canonical_code(f.HOST),), "agent": "applicant-1"}
    return LikenessAsked.model_validate({**told, **changes})


async def test_the_same_form_of_one_host_is_found_and_its_version_noted(place: Ledger) -> None:
    await submit(place)
    assert await place.likeness.read(ask(), f.ROUND) == Likeness()
    await submit(place, TWO, actor=f.actor("applicant-2"))
    noted = ReadNotes(log=f.ROUND, stream=ONE)
    assert await place.likeness.read(ask(), f.ROUND, noted) == Likeness(twins=("0002",))
    assert (noted.streams, noted.with_bids) == ({TWO: 1}, True)
    assert await place.likeness.read(ask(units=("91-X",)), f.ROUND) == Likeness()
    by_hand = ask(units=("91-X",), agent="applicant-2")
    assert await place.likeness.read(by_hand, f.ROUND) == Likeness(twins=("0002",))
    other = f.ref("report").with_(id="report.applicant-1")
    assert await place.likeness.read(ask(contents=(other,)), f.ROUND) == Likeness()


async def test_a_held_direction_is_found_in_names_and_answers(place: Ledger) -> None:
    near = ask(names=("Centre for generic virtual reality",), held=HELD)
    assert await place.likeness.read(near, f.ROUND) == Likeness(directions=("vr",))
    assert await place.likeness.read(ask(names=("Stages",), held=HELD), f.ROUND) == Likeness()
