"""Writes docs/process.md from the stage tables: `python -m tools.process_doc > docs/process.md`."""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module

from selection.application.rooms import ROOMS
from selection.decision.command import Act
from selection.kernel.actor import Role
from selection.process.transitions import STAYS, Step
from selection.register.state import INSTALLATION
from selection.rooms import (
    APPLICATION_ACTS,
    APPLICATION_FLOW,
    LIST_ACTS,
    LIST_FLOW,
    REGISTER_ACTS,
    ROUND_ACTS,
    ROUND_FLOW,
)
from selection.wording.code_names import ASSURANCES, DEADLINES, OUTCOMES, ROLES, ROUND_STAGES, STAGES, Names
from tools.links import link_code, link_rule, link_test
from tools.process_acts import find_code, keys_of_steps, read_rows
from tools.process_sentences import link_rules_of_acts, write_sentences

_HEAD = """# The process

<!-- Written by `python -m tools.process_doc > docs/process.md` from the rooms: COMMANDS and WAYS in
their commands.py, selection/kernel/stages.py and tools/process_sentences.yaml. Change those, not this file: a test
keeps them equal. -->

Three kinds of streams carry a round: the round itself, one recommendation list per recommending unit, and the
applications. Each act belongs to stages, to roles and, where one is named, to a deadline; after the deadline it
is refused as late. It is signed by a key of its person, by a session that one vouched for, or by two people who could
both do it. What is written here is the least: a round's sealed rules say it of each of its acts (`assurance`), and
there they alone count. A step without a role is brought by time, or by what the round finds in the record.

The system's acts carry out a decision that is recorded elsewhere: a draw, a shortlist, a proposal, a list.

Each line leads to the rules that say so, as [the sentences below](#sentence-by-sentence) name them, to the function
that decides it, and to a test that comes through it. A test is called by the sentence that its name is: the function is
`test_` and the same words with underscores.
"""

_LISTS: Names = {"open": ("open", "推荐中"), "closed": ("closed", "已截止")}
_FOUND = {
    "left-out": "the rules leave the stage out",
    "look": "every application left the stage's work",
    "look held": "an objection that outlasted the notice ended",
}
_WHOLE = ("cancel-with-round", "cancel-round")


def document() -> str:
    """Return the whole document as Markdown, ending with a newline."""
    parts = (
        _HEAD,
        _part("The round", "round", ROUND_FLOW, ROUND_ACTS, ROUND_STAGES, ("issued", "cancelled")),
        _part("A recommendation list", "recommender", LIST_FLOW, LIST_ACTS, _LISTS, ("closed",)),
        _part("An application", "application", APPLICATION_FLOW, APPLICATION_ACTS, STAGES, ("ended",)),
        _rooms(),
        _installation(),
        _outcomes(),
        _roles(),
        write_sentences(),
    )
    return "\n".join(parts)


def _part(
    title: str,
    kind: str,
    flow: tuple[Step, ...],
    acts: Mapping[str, Act],
    names: Names,
    last: tuple[str, ...],
) -> str:
    tables = (_stage(stage, kind, flow, acts, names) for stage in names)
    return "\n".join((f"## {title}\n", _diagram(flow, names, last), *filter(None, tables)))


def _rooms() -> str:
    """Return which package holds what of an application, as the first line of each room says."""
    lines = ["## The rooms of an application\n", "| room | what it holds |", "|---|---|"]
    for room in ROOMS:
        said = import_module(f"{room.package}.room").__doc__ or ""
        holds = said.partition(": the parts of the room")[0]
        lines.append(f"| `{room.package.replace('.', '/')}` | {holds[0].lower()}{holds[1:]} |")
    return "\n".join(lines) + "\n"


def _stage(stage: str, kind: str, flow: tuple[Step, ...], acts: Mapping[str, Act], names: Names) -> str:
    steps = [step for step in flow if stage in step.stages]
    if not steps:
        return ""
    lines = [
        f"### {_join_names(names, stage)}\n",
        "| step | by | signed | before | leads to | rule | code | test |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(kind, step, acts.get(step.cause), names) for step in steps]
    return "\n".join(lines) + "\n"


def _line(kind: str, step: Step, act: Act | None, names: Names) -> str:
    roles = ", ".join(_join_names(ROLES, role) for role in ROLES if act is not None and role in act.roles)
    before = _join_names(DEADLINES, act.deadline) if act is not None and act.deadline else ""
    targets = "; ".join(_target(to, step, names) for to in step.to)
    links = _links(keys_of_steps()[kind, step], step.cause)
    return f"| {_cause(step)} | {roles} | {_sign(act)} | {before} | {targets} | {links} |"


def _links(key: str, act: str) -> str:
    """Return the cells with the rules of a step, the code that decides it, and a test that comes through it."""
    row = read_rows()[key]
    rules = link_rules_of_acts().get(act) or tuple(map(link_rule, row.rule))
    return f"{', '.join(rules)} | {link_code(find_code()[key])} | {link_test(row.test)}"


def _sign(act: Act | None) -> str:
    of_people = act is not None and act.roles - {Role.SYSTEM}
    return _join_names(ASSURANCES, act.assurance) if act is not None and of_people else ""


def _cause(step: Step) -> str:
    if step.by_deadline:
        return f"deadline: {_join_names(DEADLINES, step.cause.removeprefix('deadline '))}"
    return _FOUND.get(step.cause, f"`{step.cause}`")


def _target(to: str, step: Step, names: Names) -> str:
    if to == STAYS:
        return "stays"
    if to == "ended" and step.outcomes:
        return f"ended: {' or '.join(_join_names(OUTCOMES, outcome) for outcome in step.outcomes)}"
    return _join_names(names, to)


def _diagram(flow: tuple[Step, ...], names: Names, last: tuple[str, ...]) -> str:
    edges: dict[tuple[str, str], list[str]] = {}
    for step in flow:
        # Cancelling leads from every stage to the end: drawn, it would hide the rest.
        if step.cause in _WHOLE:
            continue
        label = step.cause.removeprefix("deadline ") + (" deadline" if step.by_deadline else "")
        for stage in step.stages:
            for to in step.to:
                if to not in (STAYS, stage):
                    edges.setdefault((stage, to), []).append(label)
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{_join_names(names, stage)}" as {_id(stage)}' for stage in names]
    lines.append(f"    [*] --> {_id(next(iter(names)))}")
    lines += [
        f"    {_id(stage)} --> {_id(to)}: {', '.join(dict.fromkeys(labels))}"
        for (stage, to), labels in edges.items()
    ]
    lines += [f"    {_id(stage)} --> [*]" for stage in last]
    return "\n".join((*lines, "```")) + "\n"


def _id(stage: str) -> str:
    return f"at_{stage}"


def _join_names(names: Names, code: str) -> str:
    english, chinese = names[code]
    return f"{english} {chinese}"


def _table(head: str, rows: Iterable[tuple[str, str, str]]) -> str:
    return "\n".join((head, "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows))) + "\n"


def _installation() -> str:
    """Return what can be done about the installation, which has no stages."""
    lines = [
        "## The installation\n",
        "People, keys, letters and logs, at any time. No round's rules say how these acts are signed: this table does,",
        "and of `open-round` the one above.\n",
        "| step | by | signed | rule | code | test |",
        "|---|---|---|---|---|---|",
    ]
    everybody = frozenset(Role) - {Role.SYSTEM}
    for act in REGISTER_ACTS.values():
        named = ", ".join(_join_names(ROLES, role) for role in ROLES if role in act.roles)
        by = "anyone who is registered 任何已登记人员" if act.roles == everybody else named
        links = _links(f"{INSTALLATION} {act.kind}", act.kind)
        lines.append(f"| `{act.kind}` | {by} | {_sign(act)} | {links} |")
    return "\n".join(lines) + "\n"


def _outcomes() -> str:
    ends = {outcome for step in APPLICATION_FLOW for outcome in step.outcomes}
    rows = [(f"`{code}`", *OUTCOMES[code]) for code in OUTCOMES if code in ends]
    head = "## How an application ends\n\nEach ends in exactly one of these.\n\n| outcome | | |"
    return _table(head, rows)


def _roles() -> str:
    rows = [(f"`{code}`", *ROLES[code]) for code in ROLES]
    return _table("## Roles\n\n| role | | |", rows)


if __name__ == "__main__":
    sys.stdout.write(document())
