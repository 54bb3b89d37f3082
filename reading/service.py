"""The one layer through which people read: it asks the visibility table, and notes what is confidential."""

from ledger.record import Ledger
from reading.applications import ApplicationReads
from reading.rounds import RoundReads
from reading.source import Source
from reading.tasks import TaskReads


class ReadService:
    """All that can be read of the record, part by part.

    Every method takes the subject who reads (reading/authentication.py), returns frozen models, and raises Hidden
    for what there is not and for what the subject may not see. Before it returns what is confidential, it notes
    the read; while that can't be noted, nothing is shown.
    """

    def __init__(self, ledger: Ledger) -> None:
        source = Source(ledger)
        self.rounds = RoundReads(source)
        self.applications = ApplicationReads(source)
        self.tasks = TaskReads(source)
