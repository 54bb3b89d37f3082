"""What the engine itself reports of long work, read back from the entry that holds it.

Whether it is true is claimed elsewhere: a draw is checked against its inputs, and a batch against the applications.
"""

from selection.decision.aggregate import ActRefused, Event
from selection.kernel.model import Frozen
from selection.round import events as e
from selection.round.commands import ReportBatch, ReportDraw


def report_of(event: Event) -> Frozen | None:
    """Return the report that an event records, or that was refused; None for what is no report."""
    match event:
        case e.PanelsDrawn():
            return ReportDraw(
                draw=event.draw, result=event.result, total_cost=event.total_cost, clashing=event.clashing
            )
        case e.BatchFinished():
            return ReportBatch(batch=event.batch, touched=event.touched, left_over=event.left_over)
        case ActRefused(kind="report-draw"):
            return ReportDraw(draw="-")
        case ActRefused(kind="report-batch"):
            return ReportBatch(batch="-", touched=0, left_over=())
    return None
