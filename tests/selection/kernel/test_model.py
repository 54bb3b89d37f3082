"""Values are copied with changes as pydantic copies them, and the one that is copied stays as it was."""

import pickle
from dataclasses import FrozenInstanceError

import pytest
from pydantic import TypeAdapter, ValidationError

from selection.application.state import ApplicationState
from selection.kernel.model import Ref
from selection.kernel.stages import Stage


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
    assert ref.with_(id="d") == Ref(id="d", sha256="0")


def test_a_compact_value_takes_no_unknown_key_and_no_change_and_has_no_dict() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Ref).validate_python({"id": "a", "sha256": "0", "size": 1})
    ref = Ref(id="a", sha256="0")
    with pytest.raises(FrozenInstanceError):
        setattr(ref, "id", "b")  # noqa: B010  a type checker refuses it written out
    assert not hasattr(ref, "__dict__")
    assert pickle.loads(pickle.dumps(ref)) == ref
