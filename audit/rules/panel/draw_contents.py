"""The contents that draws refer to, each compared with the hash in its entry, read once."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from audit.bundle.content_reads import ContentSource
from audit.claims import Difference, NotInBundle, Sentences
from audit.outcome.draws import derive_key
from selection.draw.inputs import DrawApplication, DrawInputs
from selection.draw.panels import Drawn
from selection.kernel.model import Frozen, Ref
from selection.round.state import Draw

M = TypeVar("M", bound=Frozen)


class Draws:
    """Inputs and results of a round's draws, by the draw's name."""

    def __init__(self, contents: ContentSource) -> None:
        self._contents = contents
        self._inputs: dict[str, DrawInputs] = {}
        self._results: dict[str, Drawn] = {}
        self._wanting: dict[str, dict[str, DrawApplication]] = {}
        self._pools: dict[str, dict[str, str]] = {}

    def inputs(self, draw: str, ref: Ref, point: str) -> DrawInputs:
        """Return a draw's inputs. Raises NotInBundle, or Difference at the entry that refers to them."""
        if draw not in self._inputs:
            self._inputs[draw] = self._read(ref, point, DrawInputs)
        return self._inputs[draw]

    def get_applications(self, draw: str, ref: Ref, point: str) -> Mapping[str, DrawApplication]:
        """Return a draw's applications by stream, likewise."""
        if draw not in self._wanting:
            given = self.inputs(draw, ref, point).applications
            self._wanting[draw] = {item.stream: item for item in given}
        return self._wanting[draw]

    def pool(self, draw: str, ref: Ref, point: str) -> Mapping[str, str]:
        """Return the employers of a draw's experts by person, likewise."""
        if draw not in self._pools:
            given = self.inputs(draw, ref, point).experts
            self._pools[draw] = {item.person: item.employer for item in given}
        return self._pools[draw]

    def result(self, draw: str, ref: Ref, point: str) -> Drawn:
        """Return a draw's result, likewise."""
        if draw not in self._results:
            self._results[draw] = self._read(ref, point, Drawn)
        return self._results[draw]

    def key(self, draw: Draw) -> bytes:
        """Return the key that follows from the secret and the public randomness of an opened draw."""
        return derive_key(bytes.fromhex(draw.secret), draw.randomness)

    def _read(self, ref: Ref, point: str, model: type[M]) -> M:
        kept = self._contents.content(ref.id)
        if kept is None:
            raise NotInBundle("content-not-held", point, content=ref.id)
        try:
            salt = base64.b64decode(kept.salt, validate=True)
            content = base64.b64decode(kept.content, validate=True)
            found = model.model_validate_json(content)
        except (binascii.Error, ValidationError):
            raise Difference(point, "draw-content-unreadable", content=ref.id) from None
        if hashlib.sha256(salt + content).hexdigest() != ref.sha256:
            raise Difference(point, "draw-content-differs", content=ref.id)
        return found


FINDINGS: Sentences = {
    "content-not-held": (
        "The bundle does not hold {content}: it was erased or left out.",
        "证明包中没有 {content}：已清除或有意略去。",
    ),
    "draw-content-differs": (
        "{content} is not the one that the entry refers to.",
        "{content} 与条目所指不符。",
    ),
    "draw-content-unreadable": ("{content} can't be read.", "{content} 无法读取。"),
}
"""What can be found instead."""
