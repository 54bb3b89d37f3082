"""Every command of the CLI: the lines by which it is looked at here, beside those of `reading`, or why by none."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from selection.forms.built_in import form_of
from selection.forms.form import FormName
from selection.forms.parts import Answers
from starter.demo.acts.answers import fill_form
from tests.leaks.acting import REPORT, ROUND
from tests.leaks.canaries import mark_example
from tests.starter.support.commands import every_command

SKIPPED = {
    "up": "it starts a stack and says addresses; what the parts of a stack log is searched in test_kept",
    "portal link": "it says an address of chance to who runs the servers, once",
    "demo": "it plays a round of its own, with the example's people, on a stack of its own",
    "audit verify": "offline, from a bundle: of a bundle all that is in it is searched here",
    "audit what-if": "the same",
    "audit replay": "the same; tests/audit/story/test_visibility_at.py holds what a person could see to the table",
    "audit receipt": "offline, from a proof: hashes and a leaf's place",
    "key new": "it asks nobody, makes a key from chance, and says its public half",
    "key invite": "it names who was asked for; nobody signs here",
    "key request": "it writes a key's public half to a file of one's own",
    "key vouch": "it names the key and the person of the file that was handed over",
    "key enrol": "it names one's own key",
    "key revoke": "it names the key that was asked for",
    "key list": "one's own keys, or everyone's for who vouches: tests/starter/keys",
    "login": "it says until when one's own session lasts",
    "logout": "it takes away a file of one's own",
    "whoami": "it says whom one acts as",
    "tie declare": "it says nothing but that what was typed is declared; it would have a reviewer stand aside here",
    "tie end": "the same",
    "tie list": "one's own ties: tests/selection/register/test_own_ties.py",
    "db found": "it says a code to who runs the servers, once",
    "person template": "an empty table, the same for everybody",
    "conflict template": "the same",
    "unit template": "the same",
    "unit import": "what is registered is what was typed; tests/starter/test_up.py imports",
    "appoint template": "an empty table, the same for everybody",
    "appoint import": "what is appointed is what was typed; tests/starter/test_acts.py imports",
    "apply template": "an empty table of the published form",
    "review draft save": "a file of one's own; it opens no connection",
    "review draft show": "the same",
    "review draft drop": "the same",
    "apply import": "one's own rows, before they are submitted as by `apply submit`",
    "conflict import": "what is reported is what was typed; tests/starter/test_acts.py imports",
    "second": "it reads an act that was signed and handed over, and nobody signs here",
    "checkpoint cosign": "it needs a witness, and says a log, a size and the witness's name",
}
"""Command -> why nobody looks at it here."""

ACTS = {
    "person add": "admin new-x7q --name New --mail new@synthetic.example --role expert --employer 99SYNTHNEW",
    "person import": "admin {files}/people.json --dry-run",
    "person erase": "admin {seat} --reason Why --dry-run",
    "round open": "officer {round} {files}/rules.json",
    "round call": "officer {round}",
    "round extend": "officer {round} review 2030-01-01 --cause organiser --reason Why",
    "round outage": "officer {round} --from 2024-08-28T09:00 --until 2024-08-29T11:30 --cause system --reason Why",
    "round amend-form": "officer {round} {files}/amended.json --reason Why",
    "round fill": "officer {round} --add 0002=Why",
    "round reverse-integrity": "supervisor {round} --text Why",
    "round decline-integrity": "officer {round} --text Why",
    "round amend": "officer {round} days.notice --from 7 --to 9 --reason Why",
    "round rule-on-amendment": "approver {round} 1 agreed --reason Why",
    "round post": "supervisor {round} admins --add new-x7q --reason Why",
    "round agree-on-post": "supervisor {round} admins --add new-x7q --reason Why",
    "round decline-post-change": "officer {round} 1 --reason Why",
    "round delegate": "officer {round} new-x7q --first 2030-01-01 --last 2030-01-02 --reason Why",
    "round end-delegation": "officer {round} 1 --reason Why",
    "round cancel": "officer {round} --reason Why",
    "round repeat": "officer {round}",
    "round integrity": "supervisor {round} --text Checked",
    "round rule-on-hit": "supervisor {round} 0001 --cleared --text Cleared",
    "round approve": "approver {round} ministry --proposal 1",
    "round send-back": "approver {round} ministry --item 0001 --reason Why",
    "check pass": "officer {round}/0001",
    "check fail": "officer {round}/0001 --ground excluded-field --text Why",
    "check send-back": "officer {round}/0001 --fault seals-missing --text Why",
    "appoint panel": "officer {round}/0001 --fewer 3 --reason Why",
    "apply give-up": "agent {round}/0001",
    "lobbying report": "officer {round} --role officer --text Facts",
    "lobbying rule": "supervisor {round} lobbying-1 --dismissed --text Ruled",
    "request make": "agent {round}/0001 reasons-missing --text Facts",
    "request appoint": "officer {round}/0001 reasons-missing --decider {surveyor}",
    "request decide": "supervisor {round}/0001 reasons-missing --dismissed --text Found",
    "request remedy": "officer {round}/0001 reasons-missing --text Done",
    "fraud report": "officer {round}/0001 --text Facts --evidence Proof",
    "fraud rule": "supervisor {round}/0001 --upheld --text Ruled",
    "objection reopen": "supervisor {round}/0001 objection-1 --text Why",
    "round lift-stop": "supervisor {round} 0001 --text Lifted",
    "appoint chair": "officer {round}/0001 {seat} --reason Why",
    "appoint survey-team": "officer {round}/0001 {surveyor} --lead {surveyor}",
    "apply submit": "agent {round} {files}/application.json --number 0001",
    "apply mend": "agent {round}/0001 {files}/application.json",
    "apply withdraw": "agent {round}/0001",
    "apply confirm": "partner {round}/0001",
    "recommend add": "unit {round}/0001 {files}/opinion.json",
    "appoint agent": "officer {round}/0001 new-x7q --reason Why",
    "appoint replace-chair": "supervisor {round}/0001 {seat} --reason Why",
    "reversal show": "officer {round}/0001 check",
    "reversal enter": "officer {round}/0001 check --text Why",
    "reversal decline": "officer {round}/0001 check --text Why",
    "recommend paper": "officer {round}/0001 --unit bj --agent unit --sent 2024-08-12 --evidence Proof",
    "recommend withdraw": "unit {round}/0001",
    "recommend rank": "unit {round} 0001",
    "review accept": "seat {round}/0001 --pledge Pledge",
    "review decline": "seat {round}/0001 --reason Why",
    "review submit": "seat {round}/0001 {files}/review.json",
    "review correct": "seat {round}/0001 {files}/review.json --reason Why",
    "survey report": "surveyor {round}/0001 {files}/survey.json",
    "appraise open": "chair {round}/0001 80 {seat}",
    "appraise vote": "seat {round}/0001 against --dissent Dissent",
    "appraise record": "chair {round}/0001 {files}/appraisal.json",
    "conflict declare": "seat {round}/0001 --text Conflict",
    "conflict report": "officer {round}/0001 {seat} --text Conflict",
    "conflict project": "agent {round}/0001 {seat} --text Conflict",
    "conflict refer": "officer {round}/0001 {seat}",
    "conflict rule": "supervisor {round}/0002 " + REPORT + " --upheld --text Ruled",
    "objection raise": "objector {round}/0001 --text Facts --evidence Proof --form {files}/objection.json",
    "objection withdraw": "objector {round}/0001 objection-1 --reason Why",
    "objection examine": "officer {round}/0001 objection-1 {examiner}",
    "objection settle": "examiner {round}/0001 objection-1 upheld --text Findings",
    "file put": "agent {round} {files}/survey.json",
    "text put": "seat {round} Words",
    "audit archive": "auditor {round}",
    "mail settle": "officer 1 --drop --reason Why",
}
"""Command -> who may do it in its time, and the rest of the line.

Somebody else types it in the midst of the round, and who may when it has ended, so that most are refused.
"""

CITES = (
    "conflict report {own} {own_seat} --text ref:{text}",
    "conflict report {own} {own_seat} --text ref:{file}",
    "apply withdraw {own} --reason ref:{text}",
    "text get {text} --of {own}",
    "timeline {own} --json",
    "show {own} --json",
)
"""Lines by which an applicant cites what belongs to another application, and then looks for it in their own."""

READS = (
    ("mail list", "seat agent unit officer stranger", ""),
    ("mail undelivered", "seat agent officer stranger", ""),
    ("mail read", "seat agent officer stranger", "1"),
    ("receipt", "seat agent officer stranger", "{act}"),
    ("reads", "auditor admin officer agent seat stranger", "{round}"),
    ("reads", "auditor admin officer stranger", "--json"),
    ("check grounds", "officer agent seat stranger", "{round}"),
    ("checkpoint list", "agent", ""),
    ("checkpoint export", "agent", "{round} --output {files}/checkpoint"),
    ("audit export", "auditor admin seat", "{round} --output {files}/bundle.zip"),
    ("audit export", "auditor admin agent", "{round} --redacted --output {files}/bundle.zip"),
    ("export", "agent officer", "{round} --output {files}/list.csv"),
    ("paper receipt", "agent seat stranger", "{round}/0001 {act} -o {files}/paper"),
    ("paper application", "agent seat officer stranger", "{round}/0001 -o {files}/paper"),
    ("paper review", "agent seat officer stranger", "{round}/0001 -o {files}/paper"),
    ("paper review", "agent officer", "{round}/0001 --reviewer {seat} -o {files}/paper"),
    ("paper opinions", "agent seat officer", "{round}/0001 -o {files}/paper"),
    ("paper survey", "agent seat officer", "{round}/0001 -o {files}/paper"),
    ("paper appraisal", "agent seat officer", "{round}/0001 -o {files}/paper"),
    ("paper letter", "agent seat officer", "{round}/0001 -o {files}/paper"),
    ("paper certificate", "agent officer", "{round}/0001 -o {files}/paper"),
    ("paper proposal", "agent seat officer stranger", "{round} -o {files}/paper"),
    ("paper notice", "agent officer stranger", "{round} -o {files}/paper"),
    ("paper objection", "agent officer stranger", "{round}/0001 objection-1 -o {files}/paper"),
    ("paper approval", "agent officer stranger", "{round} -o {files}/paper"),
    ("paper list", "agent officer stranger", "{round} -o {files}/paper"),
    ("paper outgoing", "agent officer", "{round} -o {files}/papers"),
    ("paper check", "agent seat officer stranger", "{round} {files}/rules.json"),
    ("paper code", "agent officer stranger", "selection:application/{round}/0001@3"),
    ("file get", "seat agent stranger admin", "{file} --of {round}/0001"),
    ("text get", "seat agent stranger admin", "{text} --of {round}/0001"),
    ("check many", "agent officer seat stranger", "{round} {files}/checks.json --yes"),
    ("apply form", "agent seat stranger", "{round}"),
    ("apply form", "agent seat stranger", "{round} --number 0001"),
    ("round forms", "agent officer seat stranger", "{round}"),
    ("apply check", "agent seat stranger", "{round} {files}/application.json"),
    ("recommend form", "agent unit stranger", "{round}"),
    ("recommend check", "agent unit stranger", "{round} {files}/opinion.json"),
    *((f"{group} form", "agent stranger", "{round}") for group in ("survey", "appraise", "objection")),
    *(
        (f"{group} check", "agent stranger", "{round} {files}/" + f"{name}.json")
        for group, name in (("survey", "survey"), ("appraise", "appraisal"), ("objection", "objection"))
    ),
    ("review form", "agent seat stranger", "{round}"),
    ("review check", "agent seat stranger", "{round} {files}/review.json"),
    ("apply diff", "agent unit officer seat approver stranger", "{round}/0001"),
    ("apply diff", "agent unit officer seat approver stranger", "{round}/0001 --old 1 --json"),
    ("unit list", "agent stranger", ""),
    ("unit show", "agent stranger", "99SYNTHX"),
    ("rules check", "agent", "{files}/rules.json"),
    ("rules form-schema", "agent", "{files}/rules.json"),
    ("rules diff", "agent", "{files}/rules.json {files}/rules.json"),
    ("doctor", "stranger", ""),
    ("resume", "stranger officer", "{round}"),
    ("reconcile", "stranger officer", "{round}"),
    ("keys new", "stranger", "{files}/signing.key"),
    ("keys payload", "stranger", "{files}/payload.keys"),
    ("keys show", "stranger", "{files}/signing.vkey"),
    ("db migrate", "stranger", ""),
    ("db rebuild", "stranger", "--dry-run"),
    ("db prune-reads", "stranger", ""),
)
"""A command, who looks at it when the round has ended, and the rest of the line."""

NAMES = sorted((" ".join(words) for words, _ in every_command()), key=len, reverse=True)


def command_of(line: str) -> str:
    """The command that a line is of."""
    return next(name for name in NAMES if f"{line} ".startswith(f"{name} "))


def type_words(command: str, rest: str, known: dict[str, str]) -> list[str]:
    return [word.format(round=ROUND, **known) for word in f"{command} {rest}".split()]


def acts_of(known: dict[str, str], *, by: str = "") -> Iterator[tuple[str, list[str]]]:
    """Who types which line: `by`, or else who may."""
    for command, line in ACTS.items():
        post, _, rest = line.partition(" ")
        yield by or known[post], type_words(command, rest, known)


def cites_of(known: dict[str, str], by: str) -> Iterator[tuple[str, list[str]]]:
    """Who cites what is not theirs, line by line."""
    yield from ((by, line.format(**known).split()) for line in CITES)


def reads_of(known: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Who types which line that only reads."""
    for command, posts, rest in READS:
        for post in posts.split():
            yield known[post], type_words(command, rest, known)


def find_unread(lines: Iterable[str]) -> set[str]:
    """The commands that no line is of and that are not skipped."""
    return {*NAMES} - {command_of(line) for line in lines} - SKIPPED.keys()


def _answers(name: FormName) -> Answers:
    rules = mark_example().rules
    return fill_form(form_of(rules.forms, name), rules, "0001", "every")


def write_files(folder: Path) -> None:
    """What the lines name: rules, people, an application, a survey and an appraisal as people write them."""
    sealed = mark_example().rules.model_dump(mode="json")
    application = yaml.load(mark_example().applicants[0].text, Loader=yaml.CBaseLoader)
    codes = [item["code"] for item in sealed["criteria"]]
    written = {
        "rules": sealed,
        "people": [
            {"person": "new-y", "roles": {}, "identity": {"name": "New", "mail": "n@synthetic.example"}}
        ],
        "application": application,
        "amended": {"name": "review", "form": {**sealed["forms"]["review"], "version": "anew"}},
        "survey": {"day": "2024-11-02", "findings": dict.fromkeys(codes, "Seen"), "verdict": "confirmed"}
        | _answers("survey"),
        "review": {"scores": dict.fromkeys(codes, "20")} | _answers("review"),
        "opinion": _answers("opinion"),
        "checks": {"checks": [{"application": "0001", "verdict": "pass"}]},
        "appraisal": {"text": "Minutes"} | _answers("appraisal"),
        "objection": _answers("objection"),
    }
    for name, content in written.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
