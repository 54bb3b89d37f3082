"""What is asked of a bundle in a process of its own, and what comes of it, as JSON between the two."""

import hashlib
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from selection.kernel.model import Frozen

NOBODY = "nobody-known"
"""The fault of SeeAs where the bundle registers nobody of that id."""


class Verify(Frozen):
    """Verify the bundle against a public key that was given from outside, as `.vkey` has it; empty for none."""

    kind: Literal["verify"] = "verify"
    key: str = ""


class Replay(Frozen):
    """Tell an application step by step."""

    kind: Literal["replay"] = "replay"
    number: str


class ReplayStream(Frozen):
    """Tell the round step by step, or the recommendation list of a unit."""

    kind: Literal["replay-stream"] = "replay-stream"
    unit: str = ""


class SeeAs(Frozen):
    """Tell what a person could see of an application after one of its entries."""

    kind: Literal["see-as"] = "see-as"
    number: str
    version: int
    person: str


class Simulate(Frozen):
    """Run the round again under other weights, values of rules by their place, and without some reviewers."""

    kind: Literal["simulate"] = "simulate"
    weights: dict[str, str] = Field(default_factory=dict)
    values: dict[str, int | str] = Field(default_factory=dict)
    without: tuple[str, ...] = ()
    runs: int = 200
    spread: int = 20
    seed: int = 1


Job = Annotated[Verify | Replay | ReplayStream | SeeAs | Simulate, Field(discriminator="kind")]
JOB: TypeAdapter[Job] = TypeAdapter(Job)


class Answer(Frozen):
    """What came of a job: what was found, or why nothing was by a stable code with its parameters."""

    fault: str = ""
    params: dict[str, str] = Field(default_factory=dict)
    faults: tuple[tuple[str, str, str], ...] = ()
    """Of values that the rules' own checks refuse, the place in the rules and the sentence in English and Chinese."""
    found: dict[str, Any] = Field(default_factory=dict)


def name_job(job: Job) -> str:
    """Return a name that this very job has, to keep its answer under."""
    return f"{job.kind}-{hashlib.sha256(job.model_dump_json().encode()).hexdigest()[:32]}"
