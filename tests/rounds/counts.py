"""How many rounds are asked for, and what those that ran came through: told at the end of every run.

`ROUNDS` asks for so many (`make rounds` says how many); without it a run of all tests asks for 300. A run that is asked
fails where fewer ran, where a stage is reached by less than a fifth of them, or where more than a fifth are cancelled.
One that was narrowed, to a file, a word or a mark, is not asked without `ROUNDS`: a few rounds alone tell nothing of
all, and are judged by their tests. Where 300 ran all the same, they are judged as well.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from selection.kernel.stages import RoundStage, Stage
from tests.run_properties import read_properties

ASKED = int(os.environ.get("ROUNDS") or 300)
AT_ONCE = 50
"""Rounds of one test; a process takes one test after the other."""
PROPERTY = "rounds"
NARROWING = ("markexpr", "lf", "deselect", "ignore", "ignore_glob")
"""Pytest's options that leave tests out, beside words."""
STAGES = {"round": tuple(RoundStage), "application": tuple(Stage)}
"""What is to be reached: the round's stages, and those of at least one of its applications."""


def count_rounds(config: pytest.Config) -> Counter[str]:
    """Return what all rounds of this run told."""
    found: Counter[str] = Counter()
    for item in read_properties(config, PROPERTY):
        found.update(item)
    return found


def table(found: Counter[str]) -> Iterator[str]:
    """Give the lines that tell what was reached, in hundredths of the rounds."""
    rounds = found["rounds"]
    yield (
        f"{rounds} rounds, {found['applications']} applications, {found['entries']} entries, "
        f"{found['signed']} rounds signed; {found['claims']} claims proven, {found['faults']} faults"
    )
    for kind in ("round", "application", "outcome", "event"):
        reached = sorted(
            (name.removeprefix(f"{kind} "), count)
            for name, count in found.items()
            if name.startswith(f"{kind} ")
        )
        shares = (f"{name} {100 * count / rounds:.0f}" for name, count in reached)
        yield f"{kind}, reached by so many of 100 rounds: {', '.join(shares)}"


def find_lacks(config: pytest.Config) -> list[str]:
    """Say in how far a run came short of what it was asked for; nothing if it did not, or was not asked."""
    if config.option.keyword or config.option.collectonly:
        return []
    narrowed = any(getattr(config.option, name, None) for name in NARROWING)
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not narrowed
    return find_short(count_rounds(config), asked=whole or bool(os.environ.get("ROUNDS")))


def find_short(found: Counter[str], *, asked: bool) -> list[str]:
    """Say in how far rounds came short of what each run is asked for that has as many, or `asked`."""
    if found["rounds"] < ASKED:
        return [f"asked for {ASKED} rounds"] if asked else []
    lacks = [
        f"{kind} stage {stage} is reached by less than a fifth"
        for kind, stages in STAGES.items()
        for stage in stages
        if stage != RoundStage.CANCELLED and 5 * found[f"{kind} {stage}"] < found["rounds"]
    ]
    if 5 * found[f"round {RoundStage.CANCELLED}"] > found["rounds"]:
        lacks.append("more than a fifth are cancelled")
    return lacks
