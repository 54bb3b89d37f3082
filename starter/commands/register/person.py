"""`selection person`: the register. Names and addresses go into an erasable table, never into the log."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.people.register import NewPerson
from selection.kernel.actor import Actor, Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from selection.register.commands import RegisterAgents, RegisterStaff
from selection.register.one_message import AT_ONCE
from selection.register.state import INSTALLATION
from starter.cli.arguments import Correction
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data, read_facts
from starter.cli.output import Output
from starter.cli.session import Session, run_acting, run_reading, show_receipt
from starter.commands.register import person_erase
from starter.imports.filled_table import ImportOptions, Marked, Sheet, take_filled
from starter.imports.people import LAYOUT, make_person, name_import, roles_of, ties_of
from starter.imports.templates import save_template

app = group("Register people; erase a person's data.")
app.add_typer(person_erase.app)

Staff = Annotated[
    bool, typer.Option("--staff", help="Some have or get a role of the staff; two administrators sign.")
]
Agents = Annotated[
    str,
    typer.Option(
        "--agents",
        metavar="REASON",
        help="Some act for a recommending unit: why they change, a text or @FILE. Two administrators sign.",
    ),
]
TABLES = frozenset({".csv", ".xlsx"})
PEOPLE_LIMIT = 20_000


@app.command(
    "add",
    epilog=example(
        "selection --as admin-1 person add expert-07 --name 'Li Hua' --mail li@univ.example --role expert"
        " --employer 91110000XXXXXXXXXX",
        "selection --as admin-1 person add recommender-bj --name 'Wang' --mail w@bj.example --role recommender=bj",
    ),
)
def add(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(help="An id that does not reveal the name.")],
    name: Annotated[str, typer.Option(help="The real name.")],
    mail: Annotated[str, typer.Option(help="Where notifications go.")],
    role: Annotated[list[str], typer.Option(help="ROLE, or ROLE=UNIT,UNIT; may be repeated.")],
    employer: Annotated[str, typer.Option(help="The employer's unified social credit code.")] = "",
    employer_name: Annotated[str, typer.Option(help="The employer's name.")] = "",
    language: Annotated[str, typer.Option(help="zh or en: the language of mails.")] = "zh",
    tie: Annotated[
        list[str] | None,
        typer.Option(
            help="A declared tie: relative, adviser or project, then =UNIT or =@PERSON; may be repeated."
        ),
    ] = None,
    staff: Staff = False,
    agents: Agents = "",
    reason: Correction = "",
) -> None:
    """Register one person, or replace a registration: the latest one counts."""

    async def work(session: Session) -> None:
        facts = {
            "person": person,
            "roles": roles_of(" ".join(role)),
            "employer": employer,
            "language": language,
            "ties": ties_of(" ".join(tie or ())),
            "identity": {"name": name, "mail": mail, "employer_name": employer_name},
        }
        await _register(session, [check_data(NewPerson, facts)], staff=staff, agents=agents, reason=reason)

    run_acting(ctx, work)


@app.command(
    "import",
    epilog=example(
        "selection --as admin-1 person import people.xlsx --dry-run --marked people-to-mend.xlsx",
        "selection --as admin-1 person import people.xlsx",
        "A YAML or JSON file is a list with the same fields, where name, mail and employer_name are under identity.",
    ),
)
def import_people(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="People as XLSX, CSV, YAML or JSON.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file; register nobody.")] = False,
    staff: Staff = False,
    agents: Agents = "",
    reason: Correction = "",
    sheet: Sheet = None,
    marked: Marked = None,
) -> None:
    """Register many people at once; if one entry is wrong, each fault is shown and nobody is registered.

    Importing the same sheet again changes nothing: its command id is made from the file's content and the sheet's name
    unless one is given.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        people = await read_people(session.out, file, sheet, marked)
        _warn_of_unemployed(session.out, people)
        if dry_run:
            await may_register(session)
            rows = [
                {"person": item.person, "roles": format_roles(item), "employer": item.employer}
                for item in people
            ]
            session.out.rows("people", ("person", "roles", "employer"), rows)
            return
        session.name_act(name_import(file.read_bytes(), sheet))
        await _say_if_known(session)
        await _register(session, people, staff=staff, agents=agents, reason=reason)

    run_acting(ctx, work)


@app.command("template", epilog=example("selection --lang zh person template people.xlsx"))
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write: XLSX, or CSV where its name ends so.")],
) -> None:
    """Write an empty table of people to fill in, with what belongs in each column."""
    save_template(ctx, file, LAYOUT)


@app.command("list", epilog=example("selection --as admin-1 person list --role expert"))
def list_people(
    ctx: typer.Context,
    role: Annotated[str | None, typer.Option(help="Only people with this role.")] = None,
) -> None:
    """List who is registered, without names and addresses."""

    async def work(session: Session) -> None:
        if role is not None and role not in set(Role):
            raise Refused("unknown-value", place="--role")
        found = await session.reads.register.list_people(
            await session.subject(), Role(role) if role else None
        )
        rows = [item.model_dump() | {"roles": format_roles(item)} for item in found]
        session.out.rows("people", ("person", "roles", "employer", "language", "state"), rows)

    run_reading(ctx, work)


def format_roles(person: Any) -> list[str]:
    """Return roles as they are typed."""
    return [role.value + ("=" + ",".join(units) if units else "") for role, units in person.roles.items()]


async def read_people(
    out: Output, file: Path, sheet: str | None = None, marked: Path | None = None
) -> Sequence[NewPerson]:
    """Return a file's people. Raises CommandFailed `table-faulty`, or Refused unreadable with the places."""
    if file.suffix.lower() in TABLES:
        people = await take_filled(
            out, file, LAYOUT, make_person, ImportOptions(sheet, marked, ("person", 1))
        )
    else:
        people = _from_facts(read_facts(file))
    if len(people) > PEOPLE_LIMIT:
        raise Refused("too-many", place="people", limit=str(PEOPLE_LIMIT))
    return people


def _from_facts(data: Any) -> list[NewPerson]:
    if not isinstance(data, list):
        raise Refused("unreadable", places="(body)")
    people, faulty = [], []
    for row, item in enumerate(data, start=1):
        try:
            people.append(check_data(NewPerson, item))
        except Refused as refused:
            faulty.append(f"row {row}: {refused.params['places']}")
    if faulty:
        raise Refused("unreadable", places="; ".join(faulty)[:300])
    if len({item.person for item in people}) != len(people):
        raise Refused("unreadable", places="person (twice)")
    return people


async def _say_if_known(session: Session) -> None:
    """Tell whoever imports a file again that what was registered from it then is not registered anew."""
    if await session.reads.public.is_unclaimed():
        return
    if await session.reads.receipts.list_own(await session.subject(), session.options.command_id):
        session.out.say(
            "This file was imported before: what was registered then is not registered again. To do that, give a new "
            "--command-id.",
            "该文件此前已导入：当时已登记的不再重复登记。如确需重新登记，请另给 --command-id。",
        )


def _warn_of_unemployed(out: Output, people: Sequence[NewPerson]) -> None:
    """Warn about experts without an employer: they are registered, and never drawn."""
    unknown = [item.person for item in people if Role.EXPERT in item.roles and not item.employer]
    if unknown:
        out.say(
            f"{number_of(len(unknown), 'expert has', 'experts have')} no employer, such as {unknown[0]}: they are "
            "neither drawn nor appointed. Give its code, or `none` where no unit employs them.",
            f"{len(unknown)} 名专家未填所在单位（如 {unknown[0]}），不参加抽取，也不能被指派；"
            "请填写单位代码，无所在单位的填 `none`。",
        )


async def may_register(session: Session) -> None:
    """Raise Refused not-entitled unless the person is an administrator, or nobody is one yet."""
    if await session.reads.public.is_unclaimed():
        return
    if not (await session.subject()).holds(Role.ADMIN):
        raise Refused("not-entitled", roles=Role.ADMIN.value)


async def _register(
    session: Session, people: Sequence[NewPerson], *, staff: bool, agents: str, reason: str
) -> None:
    from starter.client.registering import register_people

    await may_register(session)
    if staff or agents:
        await _register_by_two(session, people, agents, reason)
        return
    why = await store_typed_text(session, reason, INSTALLATION) if reason else None
    actor = Actor(person=session.person, role=Role.ADMIN, reason=why)
    session.traced = True
    receipt = await register_people(
        session.client, people, actor=actor, command_id=session.options.command_id
    )
    session.out.say(f"{number_of(len(people), 'person', 'people')} registered.", f"已登记 {len(people)} 人。")
    show_receipt(session.out, receipt)


async def _register_by_two(session: Session, people: Sequence[NewPerson], agents: str, reason: str) -> None:
    """Register people in one act that two administrators sign: of agents for the reason given, else of staff."""
    if len(people) > AT_ONCE:
        raise Refused("too-many", place="people", limit=str(AT_ONCE))
    stored = session.ledger.people.store_identities
    known = tuple(await stored(people, session.person, session.options.command_id))
    why = await store_typed_text(session, said, INSTALLATION) if (said := agents or reason) else None
    command = RegisterAgents(people=known) if agents else RegisterStaff(people=known)
    await session.act(INSTALLATION, command, Role.ADMIN, reason=why)
