"""Checks that every act in a bundle is its person's own: written by docs/format.md alone, with nothing of the project.

    python .ci/independent/acts.py BUNDLE.zip docs/process.md

Says how many acts each log holds, and how many of them nobody signed, which only a local installation has. Exits with 1
and the reason at the first entry that is not as docs/format.md, "Proof" and "Register", has it. Needs `cryptography`.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from encoding import Json, Wrong, canonical, instant, require, sha256
from process_page import rows_of
from proofs import LEVELS, Place, Signer, check_proof
from register import ENGINE, Register
from register_acts import check_refusal, check_register_act
from signatures import check_code

Name = tuple[str, str, str]
OF_ENGINE = ("installation.founded.v1", "code.renewed.v1", "act.refused.v1")
OF_REGISTER = (
    *(
        "person.registered.v1",
        "person.erased.v1",
        "person.tie-declared.v1",
        "unit.registered.v1",
        "letter.settled.v1",
        "papers.recorded.v1",
        "log.restored.v1",
        "message.refused.v1",
    ),
    *("signer.invited.v1", "code.missed.v1", "key.enrolled.v1", "key.revoked.v1", "key.ended.v1"),
    *("portals.named.v1", *OF_ENGINE),
)
OF_AUDITOR = "histories.archived.v1"


class Log:
    """One log's acts, one after the other."""

    def __init__(self, name: str, register: Register, rows: dict[str, str]) -> None:
        self.name, self.register, self.rows = name, register, rows
        self.of_register = name == "installation"
        self.acts = self.unsigned = self.seen = 0
        self.latest = ""
        self.rules = ""
        self.asked: dict[str, str] | None = None
        self.done: set[Name] = set()
        self.lists: dict[Name, Json] = {}

    def check(self, log: list[Json]) -> None:
        """Check all acts; raises Wrong at the first that is not as it must be."""
        at = 0
        while at < len(log):
            end = at + 1
            while end < len(log) and same_act(log[at], log[end]):
                end += 1
            try:
                self.check_act(at, log[at:end])
                self.check_place(at, log[at:end])
                self.seal(log[at:end])
            except (Wrong, KeyError, ValueError, TypeError) as why:
                raise Wrong(f"{self.name}#{at}: {why}") from None
            at = end

    def check_place(self, at: int, act: list[Json]) -> None:
        """Check that an act may stand in this log, and what it saw of the register."""
        leaf = act[0]
        require(all(stands_in(self.name, other) for other in act), "an entry that does not belong here")
        require(leaf["register_size"] >= 0, "it saw less than nothing")
        require(leaf["register_size"] <= self.register.size, "it saw more than this bundle holds")
        changes = self.register.changes(leaf["register_size"])
        require(changes >= self.seen, "it saw less than one before")
        self.seen = changes
        if self.of_register:
            require(leaf["register_size"] == at, "it saw more or less than was there")
            require(not self.latest or instant(self.latest) <= instant(leaf["at"]), "before the one before")
            self.latest = leaf["at"]

    def seal(self, act: list[Json]) -> None:
        """Take the rules in that an act seals."""
        leaf = act[0]
        if not any(other["type"] == "round.opened.v1" for other in act):
            return
        rules, stated = leaf["data"]["rules"], leaf["data"]["rules_hash"]
        require(len(act) == 1 and self.asked is None, "rules sealed twice")
        require(leaf["stream"] == f"round/{self.name}" and leaf["actor"] != ENGINE, "rules sealed by nobody")
        require(sha256(canonical(rules).encode()).hex() == stated, "rules of another hash")
        if leaf.get("signed"):
            command = leaf["signed"]["command"]
            same = (command["kind"], command["rules_hash"]) == ("open-round", stated)
            require(same, "other rules than were asked for")
        self.rules, self.asked = stated, rules["assurance"]

    def check_act(self, at: int, act: list[Json]) -> None:
        """Check one act: its entries stand together."""
        leaf, name = act[0], name_of(act[0])
        actor, signed = leaf["actor"], leaf.get("signed")
        check_together(act)
        if actor["person"] == "system" or actor["role"] == "system":
            check_engine(act)
        elif leaf["stream"].startswith("archive/"):
            require(not signed and actor["authority"] != "key", "a signature in an archive")
        elif not signed and name in self.lists:
            check_late_refusal(self.lists.pop(name), act)
        else:
            require(name not in self.done, "an act twice")
            self.done.add(name)
            if leaf["stream"].startswith("recommender/"):
                self.lists[name] = leaf
            self.check_persons(at, act)

    def check_persons(self, at: int, act: list[Json]) -> None:
        """Check an act of a person: signed, or of a local installation."""
        leaf, founded = act[0], self.register.founded or {}
        self.acts += 1
        require(founded, "never founded")
        refused = act[-1]["type"] == "act.refused.v1"
        goes_on = any(other["type"] == "act.refused.v1" for other in act[:-1])
        require(not goes_on, "an act that goes on once refused")
        if refused and self.of_register:
            check_refusal(self.register, act)
        elif refused:
            self.check_refusal(act)
        if not leaf.get("signed"):
            require(founded["local"] and leaf["actor"]["authority"] == "local", "unsigned")
            self.unsigned += 1
            return
        require(leaf["actor"]["authority"] == "key", "another authority")
        self.check_signed(at, leaf, leaf["signed"], act[-1] if refused else None)
        if self.of_register and not refused:
            check_register_act(self.register, act)

    def check_refusal(self, act: list[Json]) -> None:
        """Check that nothing came of a refused act of a round but the end of a stream that it would have begun."""
        leaf, *others = act
        if not others:
            return
        require(len(act) == 2 and leaf["version"] == 1, "something came of a refused act")
        unsubmitted = leaf["type"] == "application.lapsed.v1" and leaf["data"]["outcome"] == "never-submitted"
        unopened = leaf["type"] == "list.never-opened.v1" and self.asked is None
        require(unsubmitted or unopened, "something came of a refused act")

    def check_signed(self, at: int, leaf: Json, signed: Json, refusal: Json | None) -> None:
        """Check what the first entry of an act holds of its signatures."""
        actor, size, command = leaf["actor"], leaf["register_size"], signed["command"]
        require((command is None) == (refusal is not None), "a command where none belongs, or none")
        if command is not None:
            asked = {"command": command, "reason": actor["reason"], "role": actor["role"]}
            digest = sha256(canonical({**asked, "stream": leaf["stream"]}).encode()).hex()
            require(digest == leaf["data"]["command_hash"], "another command")
        level = self.level_of((refusal["data"] if refusal else command)["kind"], refusal is not None)
        key = self.register.keys(actor["person"], size).get(signed["proof"]["signature"]["key"])
        if key is None and self.of_register and at == self.register.first:
            key = self.first_key(leaf, command or {})
        self.check_proof(leaf, Signer(actor["person"], key, signed["proof"]), level)
        require(signed["second"] or level < LEVELS.index("signed-by-two"), "a second signature is missing")
        if signed["second"]:
            person, proof = signed["second"]["person"], signed["second"]["proof"]
            require(person != actor["person"], "one person twice")
            key = self.register.keys(person, size).get(proof["signature"]["key"])
            self.check_proof(leaf, Signer(person, key, proof, second_to=actor["person"]), 1)

    def level_of(self, kind: str, refused: bool) -> int:
        """Return how an act of a kind must be signed."""
        require(refused or self.asked is None or kind in self.asked, "an act that the rules do not name")
        return LEVELS.index((self.rows if self.asked is None else self.asked).get(kind, "session"))

    def first_key(self, leaf: Json, command: Json) -> Json | None:
        """Return the very first key, which signs for itself, if the code signed its enrolment before it ran out."""
        founded, data, until = self.register.founded or {}, leaf["data"], self.register.until
        key: Json = data["key"]
        if data["person"] != leaf["actor"]["person"] or len(command["keys"]) > 1:
            return None
        if not founded["local"]:
            require(until and instant(leaf["at"]) < instant(until), "a code that ran out")
            said = {"by_code": key, "person": data["person"], "installation": founded["installation"]}
            check_code(self.register.code, command["token"], canonical({**said, "version": 1}).encode())
        return key

    def check_proof(self, leaf: Json, by: Signer, level: int) -> None:
        """Check one person's proof."""
        assert self.register.founded is not None
        place = Place(self.register.founded["installation"], self.register.portals(leaf["register_size"]))
        check_proof(leaf, by, level, place, self.rules)


def check_together(act: list[Json]) -> None:
    """Check what the entries of an act have to do with each other."""
    leaf = act[0]
    require(not any("signed" in other for other in act[1:]), "a signature further on")
    require(all(other["actor"] == leaf["actor"] and other["at"] == leaf["at"] for other in act), "parted")
    hashes = {other["data"].get("command_hash") for other in act}
    require(len(hashes) == 1, "entries of two commands")
    erased = [other["data"]["person"] for other in act if other["type"] == "person.erased.v1"]
    require(not erased or erased == [erased[0]] * len(act), "an erasure beside something else")


def check_engine(act: list[Json]) -> None:
    """Check an act of the engine."""
    leaf = act[0]
    require(leaf["actor"] == ENGINE and not leaf.get("signed"), "not the engine")
    mine = leaf["stream"] != "installation" or (len(act) == 1 and leaf["type"] in OF_ENGINE)
    require(mine, "a change of the register by the engine")


def check_late_refusal(before: Json, act: list[Json]) -> None:
    """Check what brings an act of a list to nothing after all."""
    leaf, by = act[0], {**before["actor"], "authority": "engine", "reason": None}
    fits = leaf["data"]["command_hash"] == before["data"]["command_hash"]
    alone = len(act) == 1 and leaf["type"] == "act.refused.v1"
    require(alone and leaf["actor"] == by and fits, "an act twice")


def stands_in(log: str, leaf: Json) -> bool:
    """Tell whether an entry of this type may stand in this stream, and the stream in this log."""
    kind, _, of = leaf["stream"].partition("/")
    if log == "installation":
        return bool(leaf["stream"] == log and leaf["type"] in OF_REGISTER)
    if kind == "archive":
        return bool(of == log and leaf["type"] == OF_AUDITOR)
    within = (
        of == log if kind == "round" else kind in ("application", "recommender") and of.startswith(f"{log}/")
    )
    return within and (leaf["type"] == "act.refused.v1" or leaf["type"] not in (OF_AUDITOR, *OF_REGISTER))


def name_of(leaf: Json) -> Name:
    """Return what an act is known by."""
    return leaf["stream"], leaf["actor"]["person"], leaf["data"]["command_id"]


def same_act(one: Json, other: Json) -> bool:
    """Tell whether two entries that follow each other are of one act."""
    frame = ("recorded", "register_size")
    return name_of(one) == name_of(other) and all(one[name] == other[name] for name in frame)


def check_logs(read: dict[str, list[Json]], rows: dict[str, str]) -> Iterator[str]:
    """Check all logs, and say what each holds; raises Wrong at the first entry that is not as it must be."""
    require(rows, "no table of acts in the page of the process")
    register = Register(read.get("installation", []))
    for name, entries in sorted(read.items()):
        found = Log(name, register, rows)
        found.check(entries)
        yield f"{name}: {found.acts} acts, {found.unsigned} unsigned"


def main() -> None:
    """Check a bundle."""
    with zipfile.ZipFile(sys.argv[1]) as bundle:
        logs = json.loads(bundle.read("manifest.json"))["logs"]
        read = {
            log: [json.loads(line) for line in bundle.read(f"logs/{log}/entries.jsonl").splitlines()]
            for log in logs
        }
    try:
        for said in check_logs(read, rows_of(Path(sys.argv[2]).read_text(encoding="utf-8"))):
            print(said)
    except (Wrong, KeyError, ValueError, TypeError) as why:
        sys.exit(f"{type(why).__name__}: {why}")


if __name__ == "__main__":
    main()
