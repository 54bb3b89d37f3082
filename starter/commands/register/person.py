"""`selection person`: the register. Names and addresses go into an erasable table, never into the log."""

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Actor, Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from starter.cli.command_table import example, group
from starter.cli.files_in import check_data, read_facts, read_text
from starter.cli.session import Session, acting, reading, show_receipt
from starter.commands.register import person_erase

app = group("Register people; erase a person's data.")
app.add_typer(person_erase.app)

COLUMNS = ("person", "name", "mail", "language", "employer", "employer_name", "roles")
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
) -> None:
    """Register one person, or replace a registration: the latest one counts."""

    async def work(session: Session) -> None:
        facts = {
            "person": person,
            "roles": roles_of(" ".join(role)),
            "employer": employer,
            "language": language,
            "identity": {"name": name, "mail": mail, "employer_name": employer_name},
        }
        await _register(session, [check_data(NewPerson, facts)])

    acting(ctx, work)


@app.command(
    "import",
    epilog=example(
        "selection --as admin-1 person import people.csv --dry-run",
        "A CSV has the columns "
        + ", ".join(COLUMNS)
        + "; roles are ROLE or ROLE=UNIT,UNIT, separated by spaces.",
        "A YAML or JSON file is a list with the same fields, where name, mail and employer_name are under identity.",
    ),
)
def import_people(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="People as YAML, JSON or CSV.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file; register nobody.")] = False,
) -> None:
    """Register many people at once; if one entry is wrong, nobody is registered."""

    async def work(session: Session) -> None:
        session.traced = dry_run
        people = read_people(file)
        if dry_run:
            await may_register(session)
            rows = [
                {"person": item.person, "roles": format_roles(item), "employer": item.employer}
                for item in people
            ]
            session.out.rows("people", ("person", "roles", "employer"), rows)
            return
        await _register(session, people)

    acting(ctx, work)


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

    reading(ctx, work)


def roles_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return roles from `expert recommender=bj,tj`."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split():
        name, _, units = part.partition("=")
        found[name] = tuple(unit for unit in units.split(",") if unit)
    return found


def format_roles(person: Any) -> list[str]:
    """Return roles as they are typed."""
    return [role.value + ("=" + ",".join(units) if units else "") for role, units in person.roles.items()]


def read_people(file: Path) -> list[NewPerson]:
    """Return a file's people. Raises Refused unreadable with the places, as `row 3: mail`."""
    data = _from_csv(read_text(file)) if file.suffix.lower() == ".csv" else read_facts(file)
    if not isinstance(data, list):
        raise Refused("unreadable", places="(body)")
    if len(data) > PEOPLE_LIMIT:
        raise Refused("too-many", place="people", limit=str(PEOPLE_LIMIT))
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


async def may_register(session: Session) -> None:
    """Raise Refused not-entitled unless the person is an administrator, or nobody is one yet."""
    if await session.reads.public.is_unclaimed():
        return
    if not (await session.subject()).holds(Role.ADMIN):
        raise Refused("not-entitled", roles=Role.ADMIN.value)


async def _register(session: Session, people: list[NewPerson]) -> None:
    from starter.client.registering import register_people

    await may_register(session)
    actor = Actor(person=session.person, role=Role.ADMIN)
    session.traced = True
    receipt = await register_people(
        session.client, people, actor=actor, command_id=session.options.command_id
    )
    session.out.say(f"{number_of(len(people), 'person', 'people')} registered.", f"已登记 {len(people)} 人。")
    show_receipt(session.out, receipt)


def _from_csv(text: str) -> list[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(text))
    if not set(reader.fieldnames or ()) >= {"person", "name", "mail", "roles"}:
        raise Refused("unreadable", places="columns: person, name, mail, roles")
    rows = []
    for row in reader:
        given = {key: (value or "").strip() for key, value in row.items() if key in COLUMNS}
        identity = {key: given.pop(key, "") for key in Identity.model_fields}
        roles = roles_of(given.pop("roles"))
        rows.append(
            {**{key: value for key, value in given.items() if value}, "roles": roles, "identity": identity}
        )
    return rows
