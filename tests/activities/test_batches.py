from activities.batches import batch_command_id
from selection.messages import Envelope
from selection.round.state import RoundState
from tests import factories as f

STREAM = f"application/{f.ROUND}/0002"


def state(round_id: str, batch: str, attempt: int = 0) -> RoundState:
    return RoundState(stream=f"round/{round_id}", round=round_id, batch=batch, attempt=attempt)


def test_a_retry_has_the_same_id_and_a_repeat_another() -> None:
    assert batch_command_id(state(f.ROUND, "issue"), STREAM) == f"{f.ROUND}/issue/0002"
    assert batch_command_id(state(f.ROUND, "issue", 2), STREAM) == f"{f.ROUND}/issue/0002/again-2"


def test_the_longest_names_give_ids_that_an_envelope_takes() -> None:
    longest = [state("r" * 40, f"seat-panel/{'d' * 40}", attempt) for attempt in (0, 1, 2, 100)]
    ids = [batch_command_id(item, STREAM) for item in longest]
    assert len(set(ids)) == len(ids)
    for command_id in ids:
        Envelope(command_id=command_id, actor=f.OFFICER, command={})
