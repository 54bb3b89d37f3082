"""The installation of the benchmarks: local, where acts count unsigned, and with everybody's key, where they sign."""

from collections.abc import Sequence

from benchmarks.in_memory.signing import INSTALLATION as NAME, Signers
from benchmarks.rounds import ADMIN
from ledger.record import Ledger
from selection.decision.envelope import envelope_of
from selection.decision.machine import Act, Report
from selection.register.key_commands import KEYS_AT_ONCE, EnrolKey, FoundInstallation
from selection.register.state import INSTALLATION


async def found(recorder: Ledger) -> None:
    """Make the founding the first entry of the installation's log; repeated it changes nothing."""
    command = FoundInstallation(installation=NAME, local=True, code="")
    await recorder.deciding.decide(INSTALLATION, Report(command, "founding"))


async def enrol_keys(recorder: Ledger) -> None:
    """Enrol a key of everybody who is registered, by the administrator."""
    await enrol(recorder, [item.person for item in await recorder.people.find()])


async def enrol(recorder: Ledger, people: Sequence[str]) -> None:
    """Enrol a key of each of these people, by the administrator."""
    signers = Signers()
    for start in range(0, len(people), KEYS_AT_ONCE):
        enrolments = signers.enrol(people[start : start + KEYS_AT_ONCE], NAME)
        act = envelope_of(
            INSTALLATION, EnrolKey(keys=enrolments), ADMIN, f"benchmark-keys.{people[0]}.{start}"
        )
        decided = await recorder.deciding.decide(INSTALLATION, Act(act))
        assert decided.refused is None, decided.refused
