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
from proofs import LEVELS, Signer, check_proof
from register import ENGINE, Register
from signatures import check_code

Name = tuple[str, str, str]


class Log:
    """One log's acts, one after the other."""

    def __init__(self, name: str, register: Register, rows: dict[str, str]) -> None:
        self.name, self.register, self.rows = name, register, rows
        self.acts = self.unsigned = 0
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
            except (Wrong, KeyError, ValueError, TypeError) as why:
                raise Wrong(f"{self.name}#{at}: {why}") from None
            if log[at]["type"] == "round.opened.v1":
                self.rules, self.asked = log[at]["data"]["rules_hash"], log[at]["data"]["rules"]["assurance"]
            at = end

    def check_act(self, at: int, act: list[Json]) -> None:
        """Check one act: its entries stand together."""
        leaf, name = act[0], name_of(act[0])
        actor, signed = leaf["actor"], leaf.get("signed")
        if self.name == "installation" and at == 0 and leaf["type"] == "installation.founded.v1":
            return
        check_together(act)
        if actor["person"] == "system" or actor["role"] == "system":
            check_engine(act)
        elif leaf["stream"].startswith("archive/"):
            require(not signed and actor["authority"] != "key", "a signature in an archive")
        elif not signed and name in self.lists:
            check_late_refusal(self.lists.pop(name), leaf)
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
        if not leaf.get("signed"):
            require(founded["local"] and leaf["actor"]["authority"] == "local", "unsigned")
            self.unsigned += 1
            return
        require(leaf["actor"]["authority"] == "key", "another authority")
        self.check_signed(at, leaf, leaf["signed"], act[-1])

    def check_signed(self, at: int, leaf: Json, signed: Json, last: Json) -> None:
        """Check what the first entry of an act holds of its signatures."""
        actor, size, command = leaf["actor"], leaf["register_size"], signed["command"]
        require(self.name != "installation" or size <= at, "it saw itself")
        refused = last["type"] == "act.refused.v1"
        require((command is None) == refused, "a command where none belongs, or none")
        if not refused:
            asked = {"command": command, "reason": actor["reason"], "role": actor["role"]}
            digest = sha256(canonical({**asked, "stream": leaf["stream"]}).encode()).hex()
            require(digest == leaf["data"]["command_hash"], "another command")
        kind = last["data"]["kind"] if refused else command["kind"]
        level = max(self.level_of(kind, refused), self.level_of_change(leaf, kind, command or {}))
        key = self.register.key(actor["person"], signed["proof"]["signature"]["key"], size)
        first = self.name == "installation" and at == self.register.first
        if key is None and first and leaf["data"]["person"] == actor["person"]:
            key = leaf["data"]["key"]
            self.check_first_key(leaf, command or {})
        self.check_proof(leaf, Signer(actor["person"], key, signed["proof"]), level)
        require(signed["second"] or level < LEVELS.index("signed-by-two"), "a second signature is missing")
        if signed["second"]:
            person, proof = signed["second"]["person"], signed["second"]["proof"]
            require(person != actor["person"], "one person twice")
            key = self.register.key(person, proof["signature"]["key"], size)
            self.check_proof(leaf, Signer(person, key, proof, second_to=actor["person"]), 1)

    def level_of(self, kind: str, refused: bool) -> int:
        """Return how an act of a kind must be signed."""
        require(refused or self.asked is None or kind in self.asked, "an act that the rules do not name")
        return LEVELS.index((self.rows if self.asked is None else self.asked).get(kind, "session"))

    def level_of_change(self, leaf: Json, kind: str, command: Json) -> int:
        """Return how an entry that changes the register must be signed; raises Wrong if nobody could."""
        actor, size = leaf["actor"], leaf["register_size"]
        if leaf["type"] == "person.erased.v1":
            asked_for = (kind, command.get("person"))
            require(
                asked_for == ("erase-person", leaf["data"]["person"]), "an erasure that was not asked for"
            )
        if leaf["type"] == "key.ended.v1":
            ended = self.register.key(actor["person"], leaf["data"]["key"], size) or {}
            own = leaf["data"]["person"] == actor["person"] and ended.get("level") == "session"
            require(own and kind == "end-session", "another key ended than a session's own")
            return 0
        if not leaf["type"].startswith("key."):
            return 0
        vouches = actor["role"] in ("admin", "officer")
        may = vouches and self.register.holds(actor["person"], actor["role"], size)
        require(leaf["data"]["person"] == actor["person"] or may, "a key by somebody who may not")
        return 1

    def check_first_key(self, leaf: Json, command: Json) -> None:
        """Check that the code signed the enrolment of the very first key before it ran out."""
        founded, data, until = self.register.founded or {}, leaf["data"], self.register.until
        if founded["local"]:
            return
        require(until and instant(leaf["at"]) < instant(until), "a code that ran out")
        said = {"by_code": data["key"], "person": data["person"], "installation": founded["installation"]}
        check_code(self.register.code, command["token"], canonical({**said, "version": 1}).encode())

    def check_proof(self, leaf: Json, by: Signer, level: int) -> None:
        """Check one person's proof."""
        assert self.register.founded is not None
        check_proof(leaf, by, level, self.register.founded["installation"], self.rules)


def check_together(act: list[Json]) -> None:
    """Check what the entries of an act have to do with each other."""
    leaf = act[0]
    require(not any("signed" in other for other in act[1:]), "a signature further on")
    erased = [other["data"]["person"] for other in act if other["type"] == "person.erased.v1"]
    require(
        not erased or erased == [leaf["data"].get("person")] * len(act), "an erasure beside something else"
    )
    others = (other["type"] for other in act[1:] if other["type"].startswith("key."))
    require(all(type_ == leaf["type"] for type_ in others), "another change of a key than was signed")
    require(all(other["actor"] == leaf["actor"] and other["at"] == leaf["at"] for other in act), "parted")


def check_engine(act: list[Json]) -> None:
    """Check an act of the engine."""
    leaf = act[0]
    require(leaf["actor"] == ENGINE and not leaf.get("signed"), "not the engine")
    require(not leaf["type"].startswith("key."), "a key by the engine")
    require(leaf["type"] != "person.erased.v1", "an erasure by the engine")


def check_late_refusal(before: Json, leaf: Json) -> None:
    """Check what brings an act of a list to nothing after all."""
    by = {**before["actor"], "authority": "engine", "reason": None}
    fits = leaf["data"]["command_hash"] == before["data"]["command_hash"]
    require(leaf["type"] == "act.refused.v1" and leaf["actor"] == by and fits, "an act twice")


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
