"""`audit replay --debug`: pdb over a real history, driven through standard input as a person types."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from selection.application import commands as c
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from starter.cli.main import run
from tests import factories as f
from tests.running.waiting import STUCK_AFTER
from tests.workflows.proof.test_proof import edit, find_request
from tests.workflows.support.installation import Installation, application, unit_list
from tests.workflows.support.proof import Material

ONE, TWO = application(1), application(2)
ASKED = "To be decided: "
SAYS_BREAKPOINT = """
from selection.decision.making import Making

evolve = Making._add

def add(self, events, by):
    breakpoint()
    return evolve(self, events, by)

Making._add = add
"""


async def material(place: Installation) -> Material:
    """One application that was recommended and whose check was refused, another of more than one run."""
    await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    await place.client.act(unit_list("bj"), Recommend(application="0001", revision=1), actor=f.RECOMMENDER)
    with pytest.raises(Refused):
        await place.client.act(ONE, c.PassCheck(revision=1), actor=f.OFFICER)
    await place.client.act(TWO, f.submit(), actor=f.APPLICANT)
    for number in range(31, 61):
        await place.client.act(TWO, f.submit(staff=number), actor=f.APPLICANT)
    return await Material.take(place)


class Debugger:
    """The command in a process of its own, in an empty folder; what is typed is lines of standard input."""

    def __init__(self, bundle: Path) -> None:
        self.bundle = bundle
        self.folder = bundle.parent / "empty"
        self.folder.mkdir(exist_ok=True)

    def line(self, number: str, lang: str, *words: str) -> tuple[str, ...]:
        return ("--lang", lang, "audit", "replay", str(self.bundle), number, "--debug", *words)

    async def here(self, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
        """The same in this process, where nothing is to be typed."""
        capsys.readouterr()
        code = await asyncio.to_thread(run, self.line("0001", "en"))
        return code, *capsys.readouterr()

    async def __call__(
        self, typed: str, *words: str, number: str = "0001", lang: str = "en", **environment: str
    ) -> tuple[int, str, str]:
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "starter.cli.main", *self.line(number, lang, *words)],
            input=typed,
            capture_output=True,
            text=True,
            timeout=STUCK_AFTER,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), **environment},
        )
        return done.returncode, done.stdout, done.stderr


async def test_pdb_stops_before_every_act_and_the_state_can_be_looked_at(
    open_place: Installation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = await material(open_place)
    debugged = Debugger(made.write(tmp_path / "round.zip"))
    await stops_before_each(debugged)

    code, out, err = await debugged("q\n", lang="zh")
    assert (code, err) == (0, "")
    assert "即将决定：submit，applicant-1" in out.replace(", ", "，")
    assert out.endswith("已退出，未作任何更改。\n")

    # The acts of every run of a chain are gone through, in order.
    code, out, err = await debugged("c\n" * 40, number="0002")
    assert (code, err, out.count(ASKED)) == (0, "", 31)
    assert f"runs: {len([name for name in made.histories if name[0] == TWO])}." in out

    # One may begin at the act that led to a point.
    code, out, err = await debugged("c\n" * 40, "--at", "30", number="0002")
    assert (code, err, out.count(ASKED)) == (0, "", 2)
    assert "The stream stands at version 29: submitted." in out

    await stops_where_one_says(debugged)

    # An editor's debugger has its own breakpoints.
    monkeypatch.setitem(sys.modules, "pydevd", ModuleType("pydevd"))
    code, out, err = await debugged.here(capsys)
    assert (code, err, out.count(ASKED)) == (0, "", 0)
    assert "A debugger is attached" in out
    assert "Decided again as recorded" in out


async def stops_before_each(debugged: Debugger) -> None:
    code, out, err = await debugged("p state.version\np context.at\np len(context.facts.deadlines)\nc\n" * 9)
    assert (code, err) == (0, "")
    stops = [line.partition(ASKED)[2] for line in out.splitlines() if ASKED in line]
    assert stops == [
        "submit, applicant-1 (applicant). The stream stands at version 0: not yet submitted.",
        "take-recommendation, system (the system). The stream stands at version 1: submitted.",
        "pass-check, officer-1 (officer). The stream stands at version 2: recommended.",
    ]
    assert (out.count("decide.py"), out.count("datetime.datetime(")) == (3, 3)
    assert "def decide" not in out
    assert [line[6:] for line in out.splitlines() if line.startswith("(Pdb) ") and line[6:].isdigit()] == [
        *("0", "7", "1", "7", "2", "7")
    ]
    assert "Decided again as recorded: 3 entries." in out


async def stops_where_one_says(debugged: Debugger) -> None:
    # With breakpoints of one's own there are no others.
    where = "selection.application.preconditions.refuse_wrong_stage"
    code, out, err = await debugged("p act.kind\nc\n" * 4, "--break", where)
    assert (code, err, out.count(ASKED)) == (0, "", 0)
    assert [kind in out for kind in ("(Pdb) 'submit'", "(Pdb) 'take-recommendation'")] == [True, True]

    # What says breakpoint() stops as well, and the debugger stays the same.
    (debugged.folder / "sitecustomize.py").write_text(SAYS_BREAKPOINT)
    here = os.pathsep.join((str(debugged.folder), *map(os.path.abspath, sys.path)))
    code, out, err = await debugged("c\nargs\nc\nq\n", PYTHONPATH=here)
    assert (code, err, out.count(ASKED), out.count("sitecustomize.py")) == (0, "", 2, 1)
    assert "events = (ApplicationSubmitted(" in out
    assert out.endswith("Left. Nothing was changed.\n")


async def test_a_history_that_the_code_does_not_follow_or_that_is_closed_to_us_is_said_so(
    open_place: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = await material(open_place)
    other = made.copy()
    edit(find_request(other.history(ONE)), lambda data: data["command"].update(kind="withdraw"))
    code, _, err = await Debugger(other.write(tmp_path / "other.zip"))("c\n" * 9)
    assert (code, err.count("\n")) == (1, 1)
    submitted = made.entry(ONE, 1)
    assert err.startswith(f"replay-failed: At {f.ROUND}#{submitted}: Decided again, this is not")

    gone = made.copy()
    name = next(name for name in gone.histories if name[0] == ONE)
    del gone.histories[name].events[3]
    code, _, err = await Debugger(gone.write(tmp_path / "gone.zip")).here(capsys)
    assert (code, err.partition(":")[0]) == (1, "replay-failed")
    body = made.histories[name].SerializeToString()
    changed = made.copy()
    changed.histories[name].events[1].event_time.seconds += 1
    path = changed.write(tmp_path / "changed.zip", kept={name: body})
    code, _, err = await Debugger(path)("c\n" * 9)
    assert (code, err.partition(":")[0]) == (1, "replay-failed")
