"""The one layer through which people read: it asks the visibility table, and notes what is confidential."""

from ledger.record import Ledger
from reading.access.source import Source
from reading.applications import ApplicationReads
from reading.contents import ContentReads
from reading.desk.boards import BoardReads
from reading.desk.cases import CaseReads
from reading.desk.checks import CheckReads
from reading.desk.overview import DeskReads
from reading.exports import ExportReads
from reading.forms import FormReads
from reading.letters import LetterReads
from reading.lists import ListReads
from reading.notes import NotedReads
from reading.papers import PaperReads
from reading.public import PublicReads
from reading.receipts import ReceiptReads
from reading.register import RegisterReads
from reading.rehearsals import RehearsalReads
from reading.rounds import RoundReads
from reading.tasks import TaskReads
from reading.units import UnitReads


class ReadService:
    """All that can be read of the record, part by part.

    Every method but those of `public` takes the subject who reads, whom an Entrance let in
    (reading/access/authentication.py), and sees first that they still are who they are (reading/access/part.py).
    They return frozen models, and raise Hidden for what there is not and for what the subject may not see. Before
    one returns what is confidential, it notes the read; while that can't be noted, nothing is shown. `source` is how
    the record is read, if not anew each time.
    """

    def __init__(self, ledger: Ledger, source: Source | None = None) -> None:
        source = source or Source(ledger)
        self.public = PublicReads(source)
        self.rounds = RoundReads(source)
        self.desks = DeskReads(source)
        self.boards = BoardReads(source)
        self.checks = CheckReads(source)
        self.cases = CaseReads(source)
        self.rehearsals = RehearsalReads(source)
        self.applications = ApplicationReads(source)
        self.forms = FormReads(source)
        self.contents = ContentReads(source)
        self.receipts = ReceiptReads(source)
        self.tasks = TaskReads(source)
        self.letters = LetterReads(source)
        self.lists = ListReads(source)
        self.papers = PaperReads(source)
        self.register = RegisterReads(source)
        self.units = UnitReads(source)
        self.exports = ExportReads(source)
        self.noted = NotedReads(source)
