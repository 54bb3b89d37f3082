"""People and rules of a small round in which nothing that is personal or said in confidence is a common word."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ledger.people.register import Identity, NewPerson
from selection.kernel.day_clock import RehearsalClock
from selection.rules.loading import RoundRules
from starter.demo.example import Applicant, Example, Story, load_example

CODES = ("a01", "a02", "a03", "a04", "a06")
EXPERTS = 30
CALL = date(2024, 7, 29)
DAYS = {
    "submission": 12,
    "recommendation": 22,
    "check": 900,
    "review": 1500,
    "review_last": 1700,
    "survey": 2300,
    "appraisal": 2900,
}
"""Two short windows, which only end by the clock; all others end when everybody has acted, long before."""

KEPT_IDS = ("unit-", "objector-")
"""People whom the demo's handlers know by name keep their ids, which are words of nothing else."""

CONTENT = re.compile(r"Cx[0-9a-f]{12}")
IDENTITY = re.compile(r"(?:Nm|ml|Em)[0-9a-f]{12}")


def mark(kind: str, *names: object) -> str:
    """Return the canary of something: `kind` and twelve hex digits."""
    return kind + hashlib.sha256("\0".join(map(str, names)).encode()).hexdigest()[:12]


def rename(person: str) -> str:
    """Return the id that a person of the example has here; its end stands in no other word."""
    return person if person.startswith(KEPT_IDS) else f"{person}-{mark('', person)[:5]}"


def identity_of(person: str) -> Identity:
    return Identity(
        name=f"{mark('Nm', person)} 王",
        mail=f"{mark('ml', person)}@canary.example",
        employer_name=mark("Em", person),
    )


def mark_example() -> Example:
    """The second batch with five of its applications, canaries for people, and windows of this test."""
    found = load_example()
    applicants = tuple(_applicant(found.applicant(code)) for code in CODES)
    chosen = {item.agent for item in applicants}
    people = tuple(
        _person(item) for item in found.people if _takes_part(item.person, chosen | _unit_agents(applicants))
    )
    stranger = NewPerson(person="stranger-x7q2z", roles={}, identity=identity_of("stranger-x7q2z"))
    return found.model_copy(
        update={
            "applicants": applicants,
            "people": (*people, stranger),
            "rules": _rules(found.rules, found.rehearsal.draws),
            "story": _story(found.story),
        }
    )


def start_calendar(found: Example, seconds_per_day: Decimal) -> Example:
    """The example with its calendar running from now on, at this pace."""
    start = datetime.now(UTC).replace(microsecond=0)
    clock = RehearsalClock(start=start, day_zero=CALL, seconds_per_day=seconds_per_day)
    rules = RoundRules.model_validate({**found.rules.model_dump(), "clock": clock.model_dump()})
    return found.model_copy(update={"rules": rules})


def _unit_agents(applicants: Iterable[Applicant]) -> set[str]:
    return {f"unit-{item.unit}" for item in applicants}


def _takes_part(person: str, chosen: set[str]) -> bool:
    kind, _, number = person.rpartition("-")
    if kind in ("host", "partner"):
        return rename(f"host-{number[:2]}") in chosen
    if kind.startswith("unit"):
        return person in chosen
    return kind != "expert" or int(number) <= EXPERTS


def _person(item: NewPerson) -> NewPerson:
    name = rename(item.person)
    return item.model_copy(update={"person": name, "identity": identity_of(name)})


def _applicant(item: Applicant) -> Applicant:
    avoid = (rename("expert-01"),) if item.avoid else ()
    return item.model_copy(update={"agent": rename(item.agent), "avoid": avoid})


def _rules(sealed: RoundRules, draws: dict[str, Any]) -> RoundRules:
    data: dict[str, Any] = sealed.model_dump(mode="json")
    data["draws"] = {**sealed.draws.model_dump(mode="json"), **draws}
    data["calendar"] = {name: (CALL + timedelta(days=days)).isoformat() for name, days in DAYS.items()}
    data["calendar"]["call"] = CALL.isoformat()
    data["panel"] |= {"seats": 4, "alternates": 2, "min_valid": 3}
    data["places"] = 2
    data["local"] = True
    data["shortlist"]["factor"] = "1"
    data["days"] |= {"invitation": 300, "review_after_invitation": 300, "notice": 16, "mend": 300}
    data["staff"] = {post: [rename(name) for name in people] for post, people in data["staff"].items()}
    for level in data["approval"]:
        level["approvers"] = [rename(name) for name in level["approvers"]]
    return RoundRules.model_validate(data)


def _story(story: Story) -> Story:
    nothing: dict[str, Any] = dict.fromkeys(
        ("edited", "withdrawn", "late_submission", "set_aside", "over_quota", "late_recommendation"), ()
    )
    return story.model_copy(
        update={
            **nothing,
            "edited": ("a01",),
            "unsealed": ("a02",),
            "rulings": {},
            "grounds": {"a06": ("excluded-field",)},
            "conflict_found": "",
            "corrected": "",
            "same_employer_surveyor": "a01",
            "objection_upheld_on": 2,
            "objection_dismissed_on": 1,
            "integrity_hit_on": 1,
            "upheld_in_error": False,
            "amended": None,
            "substitutes": {},
        }
    )
