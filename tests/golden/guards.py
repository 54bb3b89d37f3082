"""What a guard says when it fails: what broke, why it matters, and what to do next."""

from tests.golden.files import UNRELEASED, Golden
from tests.golden.replays import Replay

BEFORE, AFTER = 3, 4
"""Lines that are shown before two sequences part, and after it of each."""

MAKE = "python -m tests.golden.make"
STOPS = (
    "A round lasts a year, and its workflows are replayed by whatever code the worker has. An open workflow whose "
    "history looks like this one fails its next task and stands still, its acts unanswered, until the code is mended."
)
DIVERGES = (
    "Workers replay it, since Temporal compares only which commands come. But an auditor replays it too and compares "
    "every byte: the histories of a running round would be refuted."
)
UNREADABLE = (
    "Old payloads are read by new code (each replay), and new ones by old code (workers are not replaced all at "
    "once, and may have to be put back). Frozen models refuse unknown keys, and auditors compare the bytes."
)
PATCH = (
    'Keep the old way: `if workflow.patched("<change>"): <new> else: <old>`, one id per change '
    "(docs/decisions/0017-golden-histories.md)."
)
ANEW = (
    "These histories are of code that no release has yet: if no round runs on it and the change is meant, make them "
    f"anew with `{MAKE}`, and let the reviewer see the diff."
)
FIELD = (
    "Give a new field a default and leave it out when it has that: `Field(exclude_if=...)`, as "
    "Answer.counted does. A field that exists stays as it is; for another shape of an event, add a version."
)


def write_failure(what: str, where: str, why: str, do: str) -> str:
    """Return the text of a failing guard."""
    return f"\nBROKEN  {what}\nWHERE   {where}\nWHY     {why}\nDO      {do}\n"


def replay_broken(golden: Golden, replayed: Replay) -> str:
    """Say where the code leaves a history, and whether Temporal would find it too or auditors alone."""
    wanted = golden.sequence.read_text(encoding="utf-8").splitlines()
    what = f"{golden}: {replayed.fault}" + _parting(wanted, replayed.sequence)
    if replayed.to_its_end:
        do = f"If a model gained a field: {FIELD} Otherwise: {_patch_or_anew(golden.version)}"
        return write_failure(what, replayed.point, DIVERGES, do)
    return write_failure(what, replayed.point, STOPS, _patch_or_anew(golden.version))


def sequence_broken(golden: Golden, wanted: list[str], told: list[str]) -> str:
    """Say that the sequence that is kept is not that of the history."""
    what = f"{golden.sequence.name} is not what the history holds{_parting(wanted, told)}"
    why = "Reviewers judge a change of the workflows by these files."
    return write_failure(what, str(golden), why, f"They are written together: {MAKE}.")


def model_broken(version: str, what: str, where: str) -> str:
    """Say that a model does more than gain an optional field."""
    do = FIELD if version != UNRELEASED else f"{FIELD} {ANEW}"
    return write_failure(what, where, UNREADABLE, do)


def _patch_or_anew(version: str) -> str:
    return PATCH if version != UNRELEASED else f"{PATCH} {ANEW}"


def _parting(wanted: list[str], told: list[str]) -> str:
    """Return where two sequences part: what comes before, and how each goes on."""
    if wanted == told:
        return ""
    same = next((n for n, pair in enumerate(zip(wanted, told, strict=False)) if pair[0] != pair[1]), None)
    parts = min(len(wanted), len(told)) if same is None else same
    lines = [f"  {line}" for line in wanted[max(parts - BEFORE, 0) : parts]]
    lines += [f"- {line}" for line in wanted[parts : parts + AFTER]]
    lines += [f"+ {line}" for line in told[parts : parts + AFTER] or ["(nothing)"]]
    return f"\n        line {parts + 1} of {len(wanted)}; - as it was, + as it would be:" + "".join(
        f"\n        {line}" for line in lines
    )
