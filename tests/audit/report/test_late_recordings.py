"""What was recorded long after its act is listed, and nothing else."""

from datetime import timedelta

from audit.claims import Remark
from audit.log.late_recordings import Spans
from selection.kernel.leaf import Leaf
from tests import factories as f


def leaf(waited: timedelta, command_id: str = "c-1") -> Leaf:
    return Leaf(
        type="act.refused.v1",
        stream=f"round/{f.ROUND}",
        version=1,
        actor=f.OFFICER,
        at=f.OPENED,
        recorded=f.OPENED + waited,
        register_size=0,
        rules="",
        data={"command_id": command_id},
    )


def test_acts_are_listed_one_by_one_and_deadlines_together() -> None:
    spans, minute = Spans(), timedelta(minutes=1)
    spans.see(0, leaf(15 * minute), b"")
    spans.see(1, leaf(15 * minute + timedelta(microseconds=1)), b"")
    spans.see(2, leaf(240 * minute), b"")
    spans.see(3, leaf(30 * minute, "deadline/notice/3"), b"")
    spans.see(4, leaf(31 * minute, "deadline/notice/4"), b"")
    spans.see(5, leaf(9000 * minute, "deadline/notice/5"), b"")
    assert list(spans.list_late(f.ROUND)) == [
        Remark(code="recorded-late", subject=f"{f.ROUND}#1", counted=15),
        Remark(code="recorded-late", subject=f"{f.ROUND}#2", counted=240),
        Remark(code="deadlines-settled-late", subject=f.ROUND, counted=2),
    ]


def test_a_round_in_time_lists_nothing() -> None:
    spans = Spans()
    spans.see(0, leaf(timedelta()), b"")
    assert list(spans.list_late(f.ROUND)) == []
