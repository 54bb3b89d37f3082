"""Receipts of acts, and the proof that an act stands in the log."""

from collections.abc import Sequence

from reading.access.confidential import is_entry_confidential
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.applications import show_hash
from reading.errors import Hidden, ReadFailed
from reading.models import ShownEntry
from selection.decision.aggregate import ActRefused
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.merkle import inclusion_proof, root_of
from selection.kernel.model import Frozen
from selection.register.events import MessageRefused
from selection.register.state import INSTALLATION
from selection.streams import log_of
from selection.transparency.proof import LogProof, proof_of
from selection.transparency.schedule import LONGEST_UNSIGNED
from selection.visibility.reading import view_entry

REFUSED_BEFORE = MessageRefused.TYPE
"""An act that was refused before it was sent."""
Caused = tuple[Receipt, Leaf]
"""An entry that a command brought, with its receipt."""
STAFF = (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN)
"""Whom the installation's log, which belongs to no round, is open to."""


class RecordedRefusal(Frozen):
    """Why an act was refused."""

    code: str
    params: dict[str, str]


class OwnAct(Frozen):
    """An act by the receipt of its first entry, and that entry's type."""

    receipt: Receipt
    kind: str


class AnsweredAct(Frozen):
    """The entry that answers an act, with its type; `refused` if that is a refusal."""

    receipt: Receipt
    kind: str
    refused: RecordedRefusal | None


class PlacedEntry(Frozen):
    """An entry as far as it shows; `holds` if it has the leaf hash that was asked about."""

    entry: ShownEntry
    holds: bool


class ReceiptReads(Part):
    """What can be read of acts by their command ids."""

    async def get(self, subject: Subject, command_id: str) -> AnsweredAct:
        """Return the entry that answers the subject's command of this id; of staff's, that of somebody else.

        An act is as much its second signer's as the first's.

        Ids belong to persons: what others called so is another act. A refused act may bring events too, such as
        the end of an application that was late. An act that was refused before it was sent, and then sent under
        the same id, is answered by what came of it. Raises Hidden.
        """
        receipt, leaf = await self._find(subject, command_id)
        if subject.person not in _list_signers(leaf):
            await self._source.note(subject, ReadKind.RECEIPT, leaf.stream)
        return _tell(receipt, leaf)

    async def list_answers(self, subject: Subject, command_ids: Sequence[str]) -> dict[str, AnsweredAct]:
        """Return what answers the subject's own commands of these ids, as far as they are answered, by id."""
        own: dict[str, list[Caused]] = {}
        for receipt, leaf in await self._source.ledger.reading.read_caused_by(command_ids):
            if subject.person in _list_signers(leaf):
                own.setdefault(receipt.command_id, []).append((receipt, leaf))
        return {command_id: _tell(*min(found, key=_rank)) for command_id, found in own.items()}

    async def list_acts(self, subject: Subject, limit: int) -> tuple[OwnAct, ...]:
        """Return the subject's own acts, the latest first: refused ones too, and not more than so many."""
        found = await self._source.ledger.reading.acts(subject.person, limit)
        return tuple(OwnAct(receipt=receipt, kind=kind) for receipt, kind in found)

    async def list_own(self, subject: Subject, command_id: str) -> tuple[Receipt, ...]:
        """Return the receipts of everything that the subject's command of this id brought, in order."""
        caused = await self._source.ledger.reading.read_caused(command_id)
        return tuple(receipt for receipt, leaf in caused if leaf.actor.person == subject.person)

    async def prove(self, subject: Subject, command_id: str) -> LogProof:
        """Return the proof of the entry that `get` returns, under the first checkpoint that covers it.

        Raises Hidden, ReadFailed `not-yet-signed` or `record-changed`.
        """
        receipt, leaf = await self._find(subject, command_id)
        checkpoints = self._source.ledger.checkpoints
        covering = await checkpoints.find_covering(receipt.log, receipt.seq)
        if covering is None:
            raise ReadFailed("not-yet-signed", seconds=f"{LONGEST_UNSIGNED.total_seconds():.0f}")
        leaves = await checkpoints.leaf_hashes(receipt.log, covering.size)
        if len(leaves) != covering.size or root_of(leaves) != covering.root:
            raise ReadFailed("record-changed")
        if leaf.actor.person != subject.person:
            await self._source.note(subject, ReadKind.RECEIPT, leaf.stream)
        return proof_of(inclusion_proof(leaves, receipt.seq), receipt.seq, covering.cosigned_note.encoded)

    async def check_place(self, subject: Subject, stream: str, seq: int, leaf_hash: str) -> PlacedEntry:
        """Return the entry at a place of the record, and whether it has this hash. Raises Hidden.

        Who names a hash is told whether it is the entry's, never what the entry's is. Of what the engine did, whose ids
        can be guessed, they would learn by trying what does not show of it; no paper names such a hash.
        """
        look = await self._source.look(subject, stream)
        found = await self._source.ledger.reading.entries(log_of(stream), after=seq - 1, limit=1)
        entry = next((item for item in found if (item.seq, item.leaf.stream) == (seq, stream)), None)
        view = view_entry(entry.leaf, look.viewer, look.state) if entry else None
        if entry is None or view is None:
            raise Hidden
        if leaf_hash and entry.leaf.actor.role is Role.SYSTEM and not show_hash(entry, look):
            raise Hidden
        if is_entry_confidential(entry.leaf, view, look.viewer, look.state):
            await self._source.note(subject, ReadKind.RECEIPT, stream)
        return PlacedEntry(entry=ShownEntry(seq=seq, view=view), holds=entry.leaf_hash.hex() == leaf_hash)

    async def _find(self, subject: Subject, command_id: str) -> tuple[Receipt, Leaf]:
        caused = await self._source.ledger.reading.read_caused(command_id)
        found = [entry for entry in caused if subject.person in _list_signers(entry[1])]
        if not found:
            found = [entry for entry in caused if await self._shows(subject, *entry)]
        first = min(found, key=_rank, default=None)
        if first is None:
            raise Hidden
        return first

    async def _shows(self, subject: Subject, receipt: Receipt, leaf: Leaf) -> bool:
        """Tell whether somebody else's act is of a round that the subject is staff of, or of no round and they staff.

        The engine's ids can be guessed, and that one of them is there tells how far an application has come.
        """
        if receipt.log == INSTALLATION:
            return any(subject.holds(role) for role in STAFF)
        look = await self._source.look(subject, leaf.stream)
        return look.viewer.is_staff and view_entry(leaf, look.viewer, look.state) is not None


def _rank(entry: Caused) -> int:
    """Return how much an entry of an act is its answer, the least first."""
    return {ActRefused.TYPE: 0, REFUSED_BEFORE: 2}.get(entry[1].type, 1)


def _tell(receipt: Receipt, leaf: Leaf) -> AnsweredAct:
    refused = None
    if leaf.type in (ActRefused.TYPE, REFUSED_BEFORE):
        refused = RecordedRefusal(code=leaf.data["code"], params=leaf.data["params"])
    return AnsweredAct(receipt=receipt, kind=leaf.type, refused=refused)


def _list_signers(leaf: Leaf) -> tuple[str, ...]:
    """Return whose act an entry is: its person's, and of one that two signed the second's too."""
    second = leaf.signed.second if leaf.signed is not None else None
    return (leaf.actor.person,) if second is None else (leaf.actor.person, second.person)
