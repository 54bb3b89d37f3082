from audit.report.issued_list import RoundResult, SealedText
from selection.kernel.stages import RoundStage
from tests import paths


def test_a_list_that_follows_the_first_adds_its_places() -> None:
    desk = paths.holding(RoundStage.ISSUED)
    paths.find(desk, n0001="cleared")
    paths.issue(desk)
    result = RoundResult()
    for seq, leaf in enumerate(desk.leaves):
        result.see(seq, leaf, b"")
    assert [(item.place, item.application) for item in result.places(SealedText())] == [
        (1, "0002"),
        (2, "0001"),
    ]
