"""People to register, as a table: one row each."""

from hashlib import sha256
from typing import Any

from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Role
from tables.layout import Column, FilledRow, Layout

LAYOUT = Layout(
    "people",
    ("People", "人员"),
    (
        Column(
            "person",
            ("Id", "人员编号"),
            (
                "An id that does not reveal the name: letters, digits, `.`, `_` and `-`, at most 64.",
                "不透露姓名的编号：字母、数字、“.”、“_”和“-”，至多 64 个字符。",
            ),
            required=True,
        ),
        Column(
            "name",
            ("Name", "姓名"),
            (
                "The real name; kept apart from the record and erasable.",
                "真实姓名；与记录分开保存，可以删除。",
            ),
            required=True,
        ),
        Column(
            "mail",
            ("Mail", "电子邮箱"),
            ("One address, to which letters go.", "一个接收邮件的邮箱地址。"),
            required=True,
            width=32,
        ),
        Column(
            "language",
            ("Language", "语言"),
            ("The language of letters: zh or en; empty means zh.", "邮件所用语言：zh 或 en；留空为 zh。"),
            choices=("zh", "en"),
            width=12,
        ),
        Column(
            "employer",
            ("Employer's code", "所在单位代码"),
            (
                "The employer's unified social credit code, by which conflicts of interest are found; none where no "
                "unit employs this person. Experts without a code are not drawn.",
                "所在单位的统一社会信用代码，用于判断利益冲突；无所在单位的填 none。未填代码的专家不参加抽取。",
            ),
            width=26,
        ),
        Column(
            "employer_name",
            ("Employer's name", "所在单位"),
            ("The employer's name.", "所在单位名称。"),
            width=32,
        ),
        Column(
            "roles",
            ("Roles", "身份"),
            (
                "ROLE or ROLE=UNIT,UNIT, separated by blanks: "
                + " ".join(r for r in Role if r is not Role.SYSTEM),
                "身份，或“身份=单位,单位”，以空格分隔：" + " ".join(r for r in Role if r is not Role.SYSTEM),
            ),
            required=True,
            width=36,
        ),
        Column(
            "ties",
            ("Declared ties", "申明的利益关系"),
            (
                "KIND=UNIT or KIND=@PERSON, separated by blanks; relative, adviser or project: who employs a close "
                "relative, a doctoral adviser or student, a shared project. Each lasts until a registration omits it.",
                "“类别=单位代码”或“类别=@人员编号”，以空格分隔；类别为 relative（近亲属）、adviser（博士师生）、"
                "project（合作项目）。每项持续有效，直至某次登记不再载明。",
            ),
            width=36,
        ),
    ),
    (
        "expert-07",
        "Li Hua",
        "li@univ.example",
        "zh",
        "91110000XXXXXXXXXX",
        "Example University",
        "expert",
        "",
    ),
)


def name_import(body: bytes, sheet: str | None) -> str:
    """Return the command id of an import: the same for the same sheet of the same file, and for no other."""
    return f"file-{sha256(body + (sheet or '').encode()).hexdigest()[:32]}"


def make_person(row: FilledRow) -> NewPerson:
    """Return the person of a row. Raises ValidationError."""
    given = dict(row.values)
    identity = {key: given.pop(key, "") for key in Identity.model_fields}
    parsed = {"roles": roles_of(given.pop("roles", "")), "ties": ties_of(given.pop("ties", ""))}
    facts: dict[str, Any] = {key: value for key, value in given.items() if value}
    return NewPerson.model_validate({**facts, **parsed, "identity": identity})


def ties_of(text: str) -> list[dict[str, str]]:
    """Return declared ties from `relative=91110000XXXXXXXXXX adviser=@expert-07`."""
    found = []
    for part in text.split():
        kind, _, end = part.partition("=")
        whom = {"other": end.removeprefix("@")} if end.startswith("@") else {"unit": end}
        found.append({"kind": kind, **whom})
    return found


def roles_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return roles from `expert recommender=bj,tj`."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split():
        name, _, units = part.partition("=")
        found[name] = tuple(unit for unit in units.split(",") if unit)
    return found
