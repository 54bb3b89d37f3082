"""Values are copied with changes as pydantic copies them, and the one that is copied stays as it was."""

import pickle

from selection.application.state import ApplicationState
from selection.model import Ref
from selection.stages import Stage


def test_a_copy_is_what_pydantic_copies() -> None:
    state = ApplicationState(stream="application/r/0001", version=3, hands={"applicant": ("a",)})
    before = state.model_dump_json()
    changes = {"stage": Stage.REVIEW, "version": 4, "alternates": ("b",)}
    copied, expected = state.with_(**changes), state.model_copy(update=changes)
    assert copied == expected
    assert copied.model_dump_json() == expected.model_dump_json()
    assert ApplicationState.model_validate_json(copied.model_dump_json()) == copied
    assert pickle.loads(pickle.dumps(copied)) == copied
    assert state.model_dump_json() == before


def test_a_copy_of_a_copy_can_be_hashed_and_copied_by_pydantic() -> None:
    ref = Ref(id="a", sha256="0").with_(id="b").with_(id="c")
    assert ref == Ref(id="c", sha256="0")
    assert hash(ref) == hash(Ref(id="c", sha256="0"))
    assert ref.model_copy(update={"id": "d"}) == Ref(id="d", sha256="0")
