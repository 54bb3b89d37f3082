"""Who may ask for an act on the register, and which entries it brings: docs/format.md, "Register"."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from encoding import Json, canonical, instant, require, sha256, unbase64
from register import CODE_LASTS, MISSES, Person, Register
from signatures import check_code, check_signature

FRAME = ("command_id", "command_hash")
VOUCHERS = ("admin", "officer")
STAFF = {"admin", "officer", "supervisor", "approver", "auditor"}
KEYS_AT_MOST = 20
TIES_AT_MOST = 50
DECLARED_AT_MOST = 60
SESSION_LASTS = timedelta(hours=12, minutes=2)
PERSON = {"employer": "", "language": "zh", "active": True}
UNIT = {"name_zh": "", "name_en": "", "kind": "", "parents": [], "active": True, "replaces": 0}
KEY: Json = {"level": "signed", "site": "", "expires": None}


@dataclass(frozen=True)
class Act:
    """An act by one of those who signed it: what was asked for, and the entries that came of it."""

    register: Register
    by: str
    leaf: Json
    entries: list[Json]

    @property
    def command(self) -> Json:
        """What was asked for."""
        asked: Json = self.leaf["signed"]["command"]
        return asked

    @property
    def size(self) -> int:
        """How many entries were there before."""
        return int(self.leaf["register_size"])

    @property
    def at(self) -> datetime:
        """When."""
        return instant(self.leaf["at"])

    def brings(self, type_: str, expected: list[Json], *free: str) -> None:
        """Check that these entries came and no others; the command does not say what members that are `free` hold."""
        require(len(self.entries) == len(expected), "more or fewer entries than were asked for")
        for entry, wanted in zip(self.entries, expected, strict=True):
            fields = {name: value for name, value in entry["data"].items() if name not in FRAME}
            require(entry["type"] == type_ and fields.keys() == {*wanted, *free}, "an entry of another kind")
            same = all(fields[name] == value for name, value in wanted.items())
            require(same, "another entry than was asked for")


def check_register_act(register: Register, act: list[Json]) -> None:
    """Check a signed act that was not refused, as an act of each of those who signed it."""
    leaf = act[0]
    kind, second = leaf["signed"]["command"]["kind"], leaf["signed"]["second"]
    for by in (leaf["actor"]["person"], *([second["person"]] if second else [])):
        asked = Act(register, by, leaf, act)
        require(kind in ACTS, "an act that the register does not know")
        _check_entitled(asked, kind)
        ACTS[kind](asked)


def check_refusal(register: Register, act: list[Json]) -> None:
    """Check that nothing came of a refused act but that a wrong code is counted."""
    size, last = act[0]["register_size"], act[-1]["data"]
    wrong = last["code"] == "code-wrong"
    types = ["code.missed.v1", "act.refused.v1"] if wrong else ["act.refused.v1"]
    require([entry["type"] for entry in act] == types, "something came of a refused act")
    if wrong:
        person = act[0]["data"]["person"]
        sent, misses = register.invitation(person, size)
        params = {"person": person, "left": str(MISSES - misses - 1)}
        require(last["kind"] == "enrol-key" and last["params"] == params, "another code than was missed")
        require(sent and misses < MISSES, "a code that could not be missed")
        assert sent is not None
        require(instant(act[0]["at"]) < instant(sent["until"]), "a code that ran out")


def _check_entitled(asked: Act, kind: str) -> None:
    register, size, role = asked.register, asked.size, asked.leaf["actor"]["role"]
    if kind == "enrol-key" and (register.first is None or register.first >= size):
        return
    if kind == "register-people" and not register.had_admin(size):
        return
    known = register.person(asked.by, size)
    require(known and known.active, "somebody who is not registered")
    assert known is not None
    require(kind not in ROLES or role in ROLES[kind], "another role than may ask for it")
    own = kind == "enrol-key" and all(item["person"] == asked.by for item in asked.command["keys"])
    require(own or kind in OWN or known.holds(role), "a role that the person does not hold")


def _register_people(asked: Act) -> None:
    people, register, size = asked.command["people"], asked.register, asked.size
    require(len({item["person"] for item in people}) == len(people), "somebody twice")
    kind, two = asked.command["kind"], len(register.admins(size)) > 1
    require(kind != "register-agents" or asked.leaf["actor"]["reason"], "agents without a reason")
    for item in people:
        before = register.person(item["person"], size)
        staff = STAFF & {*item["roles"], *(before.roles if before else ())}
        require(not (two and staff) or kind != "register-people", "staff by one person")
        acts = "recommender" in item["roles"] or register.was(item["person"], "recommender", size)
        agent = two and acts and not _stops(item, before)
        require(not agent or kind == "register-agents", "an agent by one person, or without a reason")
        require(not register.was_erased(item["person"], size), "somebody who was erased")
        require(item["person"] != "system" and "system" not in item["roles"], "the engine as a person")
    register.require_administrators(people, size)
    asked.brings("person.registered.v1", [{**PERSON, **item} for item in people])


def _stops(item: Json, before: Person | None) -> bool:
    """Tell whether a registration leaves roles, units and employer as they were, and ends that its person may act."""
    if before is None or item.get("active", True) or item.get("employer", "") != before.employer:
        return False
    roles, known = item["roles"], before.roles
    return roles.keys() == known.keys() and all({*roles[role]} == {*known[role]} for role in roles)


def _declare_tie(asked: Act) -> None:
    command, own = asked.command, asked.register.own_ties(asked.by, asked.size)
    tie = {"kind": command["tie"], **{key: command[key] for key in ("unit", "other") if command.get(key)}}
    holds = command.get("holds", True)
    require(len(tie) == 2 and tie.get("other") != asked.by, "a tie to nobody, to two, or to oneself")
    require((tie in own) is not holds, "a tie that was declared before, or was not")
    require(not holds or len(own) < TIES_AT_MOST, "too many ties")
    often = asked.register.count_declared(asked.by, asked.size)
    require(not holds or often < DECLARED_AT_MOST, "a tie declared too often")
    asked.brings("person.tie-declared.v1", [{"person": asked.by, "tie": tie, "holds": holds}])


def _erase_person(asked: Act) -> None:
    person = asked.command["person"]
    require(person != asked.by, "an erasure of oneself")
    known = asked.register.person(person, asked.size)
    require(known, "an erasure of nobody")
    asked.brings("person.erased.v1", [{"person": person}] * len(asked.entries), "contents", "forced")
    alone = len(asked.entries) == 1 and not asked.register.was_erased(person, asked.size)
    require(alone or all(entry["data"]["contents"] for entry in asked.entries), "an erasure of nothing")
    forced = {entry["data"]["forced"] for entry in asked.entries}
    require(forced == {False} or (forced == {True} and asked.command.get("force") is True), "forced")
    require(forced == {False} or not (known and known.active), "an erasure of somebody active")


def _settle_letters(asked: Act) -> None:
    letters, how = sorted(asked.command["letters"]), asked.command["how"]
    require(len({*letters}) == len(letters), "a letter twice")
    expected = [{"task": f"undelivered/{number}", "how": how} for number in letters]
    names = ("target", "caused_by", "letter", "message_id", "to", "found")
    asked.brings("letter.settled.v1", expected, *names)
    of_rounds = all(entry["data"]["target"] != "installation" for entry in asked.entries)
    require(of_rounds, "a letter that no round sent")


def _record_papers(asked: Act) -> None:
    fields = {name: asked.command[name] for name in ("round", "papers")}
    asked.brings("papers.recorded.v1", [fields])


def _register_units(asked: Act) -> None:
    units = [{**UNIT, **item} for item in asked.command["units"]]
    above = {item["code"]: item["parents"] for item in units}
    require(len(above) == len(units), "a unit twice")
    for item in units:
        known = asked.register.unit(item["code"], asked.size)
        require(item["replaces"] == (known[0] if known else 0), "in place of another entry than the latest")
    for item in units:
        waiting, met = [*item["parents"]], {""}
        while waiting:
            code = waiting.pop()
            require(code != item["code"], "a unit that belongs to itself")
            known = asked.register.unit(code, asked.size)
            require(code in above or known, "a parent that is not registered")
            if code not in met:
                waiting += above.get(code) or (known[1]["parents"] if code not in above and known else [])
            met.add(code)
    asked.brings("unit.registered.v1", units)


def _record_restoration(asked: Act) -> None:
    require(asked.leaf["actor"]["reason"], "a choice without its reason")
    fields = {name: asked.command[name] for name in ("target", "choice", "size", "lost")}
    asked.brings("log.restored.v1", [{**fields, "contents": asked.command.get("contents", [])}])


def _report_unreached(asked: Act) -> None:
    fields = {"target": asked.command["target"], "kind": asked.command["act"], "code": asked.command["code"]}
    asked.brings("message.refused.v1", [{**fields, "params": asked.command.get("params", {})}])


def _invite_signer(asked: Act) -> None:
    people = asked.command["people"]
    require(len({*people}) == len(people), "somebody twice")
    for person in people:
        _require_without_key(asked, person)
    asked.brings("signer.invited.v1", [{"person": person} for person in people], "known", "code", "until")
    ends = {instant(entry["data"]["until"]) for entry in asked.entries}
    require(ends == {asked.at + CODE_LASTS}, "a code that lasts otherwise")


def _enrol_key(asked: Act) -> None:
    items, by = asked.command["keys"], asked.leaf["actor"]["person"]
    people, names = {item["person"] for item in items}, {item["key"]["key"] for item in items}
    require(len(people) == len(names) == len(items), "a person or key twice")
    keys = [{**KEY, **item["key"]} for item in items]
    in_record = [entry["data"]["key"] for entry in asked.entries if entry["type"] == "key.enrolled.v1"]
    for key, entered in zip(keys, in_record, strict=False):
        if key["expires"] and instant(key["expires"]) == instant(entered["expires"]):
            key["expires"] = entered["expires"]
    asked.brings(
        "key.enrolled.v1",
        [{"person": item["person"], "key": key, "by": by} for item, key in zip(items, keys, strict=True)],
    )
    for item, key in zip(items, keys, strict=True):
        _check_enrolment(asked, item, key)


def _check_enrolment(asked: Act, item: Json, key: Json) -> None:
    register, person, session = asked.register, item["person"], key["level"] == "session"
    assert register.founded is not None
    here = {"installation": register.founded["installation"], "person": person, "version": 1}
    require(item["possession"]["key"] == key["key"], "another key's possession")
    portals = register.portals(asked.size)
    require(_is_of(key, portals), "a key of another site")
    check_signature(item["possession"], key, sha256(canonical({**here, "enrol": key}).encode()), portals)
    require(not register.was_enrolled(key["key"], asked.size), "a key that was enrolled before")
    require(session == bool(key["expires"]), "a session without an end, or another key with one")
    if session:
        lasts = asked.at < instant(key["expires"]) <= asked.at + SESSION_LASTS
        require(person == asked.by and lasts, "a session of another, or for too long")
    if register.first == asked.size and person == asked.by:
        return
    known = register.person(person, asked.size)
    require(known and known.active, "a key of somebody who is not registered")
    require(len(register.keys_at(person, asked.size, asked.at)) < KEYS_AT_MOST, "too many keys")
    if person == asked.by:
        return
    require(asked.leaf["actor"]["role"] in VOUCHERS, "a key by somebody who may not")
    _require_without_key(asked, person)
    if not register.founded["local"]:
        sent, misses = register.invitation(person, asked.size)
        require(sent and misses < MISSES, "a first key of somebody who was sent no code")
        assert sent is not None
        require(asked.at < instant(sent["until"]), "a code that ran out")
        require(len(asked.command["keys"]) == 1, "one code for many keys")
        check_code(sent["known"], asked.command["token"], canonical({**here, "by_code": key}).encode())


def _require_without_key(asked: Act, person: str) -> None:
    known = asked.register.person(person, asked.size)
    require(known and known.active, "somebody who is not registered")
    used = asked.register.portals(asked.size)[:1]
    keys = asked.register.keys_at(person, asked.size, asked.at)
    require(all(key["level"] == "session" or not _is_of(key, used) for key in keys), "somebody who has a key")


def _is_of(key: Json, portals: list[str]) -> bool:
    """Tell whether a key is a file's, or of the site of one of the portals."""
    if key["scheme"] == "ed25519":
        return not key["site"]
    return not portals or key["site"] in [portal.partition("://")[2].partition(":")[0] for portal in portals]


def _name_portals(asked: Act) -> None:
    register, portals, size = asked.register, asked.command["portals"], asked.size
    assert register.founded is not None
    require(portals != register.portals(size) and len({*portals}) == len(portals), "portals as they were")
    usual = [portal.removesuffix(":443" if portal.startswith("https:") else ":80") for portal in portals]
    require(usual == portals, "a port that browsers leave out")
    signed = asked.leaf["signed"]
    for proof in [signed["proof"], *([signed["second"]["proof"]] if signed["second"] else [])]:
        if proof["signature"]["scheme"] == "webauthn":
            said = json.loads(unbase64(proof["signature"]["client_data"]))
            require(said["origin"] in portals, "portals without the page on which this was signed")
    able = [
        person
        for person in register.admins(size, able=False)
        if any(
            key["level"] != "session" and _is_of(key, portals)
            for key in register.keys_at(person, size, asked.at)
        )
    ]
    require(register.founded["local"] or len(able) > 1, "portals at which no two administrators could sign")
    asked.brings("portals.named.v1", [{"portals": portals}])


def _end_key(asked: Act) -> None:
    kind, key = asked.command["kind"], asked.command["key"]
    lost, ends = kind == "revoke-lost-key", kind == "end-session"
    owner = asked.command["person"] if lost else asked.by
    require(not lost or owner != asked.by, "a key of one's own as somebody else's")
    known = asked.register.keys(owner, asked.size).get(key)
    require(known, "a key that its person does not have")
    assert known is not None
    require(not ends or known["level"] == "session", "another key ended than a session's own")
    asked.brings("key.ended.v1" if ends else "key.revoked.v1", [{"person": owner, "key": key}])


ROLES: dict[str, tuple[str, ...]] = {
    "register-people": ("admin",),
    "register-staff": ("admin",),
    "register-agents": ("admin",),
    "erase-person": ("admin",),
    "settle-letters": ("officer",),
    "register-units": ("admin",),
    "record-papers": ("officer",),
    "record-restoration": ("admin",),
    "invite-signer": VOUCHERS,
    "name-portals": ("admin",),
    "revoke-lost-key": VOUCHERS,
}
OWN = ("settle-letters", "record-papers", "report-unreached", "revoke-key", "end-session", "declare-tie")
ACTS: dict[str, Callable[[Act], None]] = {
    "register-people": _register_people,
    "register-staff": _register_people,
    "register-agents": _register_people,
    "declare-tie": _declare_tie,
    "erase-person": _erase_person,
    "settle-letters": _settle_letters,
    "register-units": _register_units,
    "record-papers": _record_papers,
    "record-restoration": _record_restoration,
    "report-unreached": _report_unreached,
    "invite-signer": _invite_signer,
    "name-portals": _name_portals,
    "enrol-key": _enrol_key,
    "revoke-key": _end_key,
    "revoke-lost-key": _end_key,
    "end-session": _end_key,
}
