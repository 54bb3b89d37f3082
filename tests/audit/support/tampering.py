"""Changes to a log that still folds: one fact altered in the entry, versions made to fit."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims, rules
from audit.rules.fold import fold
from audit.rules.rule_runner import judge
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.bundling import write_bundle
from tests.round_story import tell_round

Log = list[Leaf]
Tampered = tuple[Log, int]
"""A changed log, and the entry at which the change must be found."""
Change = Callable[[Log], Tampered]


def claims_of(folder: Path, log: Log | None = None, *, without: str = "") -> dict[str, Claim]:
    """The claims about the told round, or about another log in its place, by code."""
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log, without=without)) as bundle:
        return {claim.code: claim for claim in outcome_claims(bundle)}


def claim_of(folder: Path, code: str, log: Log | None = None, *, without: str = "") -> Claim:
    """The claim of one code alone: to judge all of them takes twice as long."""
    with Bundle(write_bundle(folder / "round.zip", tell_round(), log, without=without)) as bundle:
        alone = [rule for rule in rules(bundle) if rule.code == code]
        judged = judge(bundle.round, fold(bundle, read_register(bundle)), alone)
        return {claim.code: claim for claim in judged}[code]


def place(log: Log, type_: str, number: str = "", nth: int = 0, **data: Any) -> int:
    """The index of the n-th entry of the type, of an application or unit if one is named, holding these data."""
    found = [
        index
        for index, leaf in enumerate(log)
        if leaf.type == type_
        and (not number or leaf.stream.endswith(f"/{number}"))
        and data.items() <= leaf.data.items()
    ]
    return found[nth]


def with_data(log: Log, index: int, **data: Any) -> Log:
    """The log with values of an entry's data replaced."""
    leaf = log[index]
    return _replace(log, index, leaf.model_copy(update={"data": {**leaf.data, **data}}))


def later(log: Log, index: int, by: timedelta) -> Log:
    """The log with an entry dated later, or earlier."""
    return _replace(log, index, log[index].model_copy(update={"at": log[index].at + by}))


def with_frame(log: Log, index: int, **frame: Any) -> Log:
    """The log with an entry that says another place of itself: `recorded` or `register_size`."""
    return _replace(log, index, log[index].model_copy(update=frame))


def change_actor(log: Log, index: int, actor: Actor) -> Log:
    """The log with another actor of an entry."""
    return _replace(log, index, log[index].model_copy(update={"actor": actor}))


def insert(log: Log, index: int, type_: str, actor: Actor, data: dict[str, Any], like: int) -> Log:
    """The log with one more entry in the stream and at the time of the entry `like`."""
    model = log[like]
    leaf = model.model_copy(
        update={"type": type_, "actor": actor, "data": {**data, "command_id": f"inserted-{index}"}}
    )
    return _number([*log[:index], leaf, *log[index:]])


def drop(log: Log, *indexes: int) -> Log:
    """The log without some entries."""
    return _number([leaf for index, leaf in enumerate(log) if index not in indexes])


def move(log: Log, index: int, to: int) -> Log:
    """The log with an entry at another place."""
    rest = [*log[:index], *log[index + 1 :]]
    return _number([*rest[:to], log[index], *rest[to:]])


def point(index: int) -> str:
    """How a claim names the entry."""
    return f"{f.ROUND}#{index}"


def _replace(log: Log, index: int, leaf: Leaf) -> Log:
    return [*log[:index], leaf, *log[index + 1 :]]


def _number(log: Log) -> Log:
    versions: dict[str, int] = {}
    fitted = []
    for leaf in log:
        versions[leaf.stream] = versions.get(leaf.stream, 0) + 1
        fitted.append(leaf.model_copy(update={"version": versions[leaf.stream]}))
    return fitted


def check_found(folder: Path, code: str, change: Change) -> None:
    """See that the claim is refuted at the very entry that the change names."""
    log, at = change(tell_round().log)
    claim = claim_of(folder, code, log)
    assert (claim.verdict, claim.point) == (Verdict.REFUTED, point(at)), claim
