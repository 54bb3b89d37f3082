"""The whole demo on its own stack, as `make demo` runs it, but slower: the tests' machine may be busy."""

import itertools
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.file_claims import NamedKey
from audit.bundle.layout import KEYS
from audit.bundle.reader import Bundle
from audit.rules.causes import FOLLOWS
from audit.story.reasons import reason_of
from audit.story.story import read_story
from audit.story.visibility_at import view_as
from runtime.data_folder import find_running_stack
from selection.kernel.leaf import Leaf
from selection.projections.rows import row_of
from starter.demo.sayings import HEADINGS, LINES, PLAIN_HEADINGS, say
from tests.papers.pdf import read_text

PACE = "0.6"
WITHIN = 300.0

EXPECTED = Path(__file__).with_name("outcomes_of_seed_2024.json")

Result = dict[str, Any]


def out_of(place: Path) -> Path:
    """Where the demo leaves its bundle, in `grant` that of the other scheme: CI names a folder, to verify them."""
    named = os.environ.get("DEMO_OUT")
    return Path(named) if named else place / "out"


def command(folder: Path, out: Path, *more: str) -> list[str]:
    program = Path(sys.executable).with_name("selection")
    return [str(program), "demo", "--data", str(folder), "--out", str(out), *more]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def demo(folder: Path, *more: str, out: Path | None = None) -> subprocess.CompletedProcess[str]:
    words = command(folder, out or folder.parent / "out", *more)
    return subprocess.run(
        words, capture_output=True, check=False, text=True, timeout=WITHIN, env=environment()
    )


def list_office(file: Path) -> list[str]:
    """Who acted in a round or signed as the second, and who registered them, but for experts and applicants."""
    people: set[str] = set()
    with Bundle(file) as bundle:
        for log in bundle.manifest.logs:
            for body in bundle.entries(log):
                leaf = Leaf.model_validate_json(body)
                people.add(leaf.actor.person)
                if leaf.signed is not None and leaf.signed.second is not None:
                    people.add(leaf.signed.second.person)
    return sorted(person for person in people if not person.startswith(("expert-", "host-", "system")))


def meet_one_of_each_role(said: str) -> None:
    """Before the story begins there is a link for a person of each role, which opens to that person alone."""
    before = said[: said.index(say(PLAIN_HEADINGS, "call", "zh"))]
    links = {
        person: link for link, person in re.findall(r"(http://localhost:\d+/sign-in/link/\S+\.(\S+))", before)
    }
    roles = ("admin-1", "approver-1", "auditor-1", "expert-01", "host-01", "officer-1", "supervisor-1")
    assert sorted(links) == list(roles)
    with urllib.request.urlopen(links["expert-01"], timeout=WITHIN) as page:
        assert re.findall(r'<option value="([^"]*)"', page.read().decode()) == ["expert-01"]
    # At the end the address is told again, with a link by which one chooses.
    assert re.search(r"http://localhost:\d+/sign-in/link/[^.\s]+\n", said[len(before) :])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo_run(place: Path) -> subprocess.CompletedProcess[str]:
    done = demo(place / "data", "--json", "--seed", "2024", "--pace", PACE, out=out_of(place))
    assert done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def result(demo_run: subprocess.CompletedProcess[str]) -> Result:
    return dict(json.loads(demo_run.stdout))


@pytest.mark.stack
def test_a_bundle_and_its_key_are_left_and_the_command_said_last_verifies_them(
    place: Path, demo_run: subprocess.CompletedProcess[str]
) -> None:
    bundle, key = (out_of(place) / name for name in ("second-batch.zip", "installation.vkey"))
    verify = demo_run.stderr.splitlines()[-1]
    assert shlex.split(verify)[1:] == ["audit", "verify", str(bundle), "--key", str(key)]
    done = subprocess.run(verify, shell=True, capture_output=True, check=False, text=True, timeout=WITHIN)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    with Bundle(bundle) as held:
        assert held.manifest.logs["second-batch"].size == max(
            item.size for item in held.checkpoints("second-batch")
        )
        assert {name.split("/")[0] for name, _ in held.runs()} == {"round", "application", "recommender"}
        assert NamedKey.model_validate_json(held.read(KEYS)).vkey == key.read_text().strip()


@pytest.mark.stack
def test_the_papers_that_go_out_are_left_and_name_no_expert(place: Path, result: Result) -> None:
    papers = {path.stem: path.read_bytes() for path in (out_of(place) / "papers").iterdir()}
    ended = [item for item in result["applications"] if item["outcome"] != "never-submitted"]
    letters = {f"letter-{item['number']}" for item in ended}
    certificates = {f"certificate-{item['number']}" for item in ended if item["place"]}
    assert papers.keys() == {"list", "notice", *letters, *certificates}
    for body in papers.values():
        text = read_text(body)
        assert "Rehearsal:thispaperhasnoeffect" in text
        assert not re.search(r"expert-\d", text)


@pytest.mark.stack
def test_eleven_centres_are_listed(result: Result) -> None:
    listed = sorted(
        (item for item in result["applications"] if item["place"]), key=lambda item: item["place"]
    )
    assert [item["place"] for item in listed] == list(range(1, 12))
    assert all(item["reason"] and item["outcome"] == "listed" for item in listed)


@pytest.mark.stack
def test_the_round_is_told_stage_by_stage_with_the_list_its_coverage_the_counts_and_how_to_look_further(
    demo_run: subprocess.CompletedProcess[str], result: Result
) -> None:
    told = demo_run.stderr
    headings = [told.index(english) for english, _ in HEADINGS.values()]
    assert headings == sorted(headings)
    look = told[headings[-1] :]
    coverage = told[headings[-2] : headings[-1]]
    listed = told[headings[-3] : headings[-2]]
    for item in result["applications"]:
        assert bool(re.search(rf"^ +{item['place']} +{item['number']} ", listed, re.MULTILINE)) is bool(
            item["place"]
        )
    assert "12 approved, 11 accepted" in coverage
    assert "11 centres" in coverage
    refused = Counter(code for code, *_ in result["refusals"])
    counted = ", ".join(f"{code} {count}" for code, count in sorted(refused.items()))
    acts = sum(result["acts"].values())
    told_counts = f"{acts} acts recorded, {refused.total()} refused as planned ({counted})"
    assert told_counts in " ".join(coverage.split())
    assert "selection timeline second-batch/" in look


@pytest.mark.stack
def test_the_most_telling_of_what_a_round_holds_out_against_is_told(
    demo_run: subprocess.CompletedProcess[str],
) -> None:
    told = " ".join(demo_run.stderr.split())
    story = (
        "days of the public notice 7 → 8, entered by officer-1, agreed to by approver-1",
        "approver-2 is away for a time: approver-5",
        "refused draw-waiting: officer-1, commit-draw",
        "refused same-employer: officer-2, appoint-survey-team on 0001",
        "0016: two supervisors undo that, with a reason",
        "Level ministry: one approval, by approver-5 for approver-2",
    )
    places = [told.find(said) for said in story]
    assert -1 not in places, story[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.stack
def test_every_application_that_was_sent_has_one_outcome(result: Result) -> None:
    assert len(result["applications"]) == 36
    assert all(item["outcome"] for item in result["applications"])


@pytest.mark.stack
def test_every_score_has_its_panel(result: Result) -> None:
    scored = [item for item in result["applications"] if item["score"]]
    assert len(scored) == 27
    assert all(5 <= len(item["panel"]) <= 7 for item in scored)
    assert all(not set(item["panel"]) & set(item["former"]) for item in scored)


@pytest.mark.stack
def test_the_bundle_replays_every_application_to_its_end_and_hides_experts_from_applicants_all_the_way(
    place: Path, result: Result
) -> None:
    with Bundle(out_of(place) / "second-batch.zip") as bundle:
        for item in result["applications"]:
            story = read_story(bundle, item["number"])
            end = row_of(story.end().state).model_dump(mode="json")
            for name in ("outcome", "revision", "score", "agreed", "place"):
                assert end[name] == item[name], (item["number"], name)
            assert FOLLOWS not in {reason_of(entry, story).cause for entry in story.entries}
            # What was never submitted has no agent.
            for entry in story.entries if end["agent"] else ():
                seen = view_as(story, story.at_entry(entry), str(end["agent"]))
                shown = set(re.findall(r"expert-\d+", json.dumps([seen.row, seen.events])))
                # Whom they asked to avoid, they named themselves; these sit on no panel of theirs.
                assert shown <= set(entry.after.submission.avoid if entry.after.submission else ())


@pytest.mark.stack
def test_a_seed_gives_the_same_outcomes_whenever_and_wherever_it_runs(result: Result) -> None:
    """They were made on another machine, at another pace."""
    outcomes = {item["number"]: item["outcome"] for item in result["applications"]}
    places = {item["number"]: item["place"] for item in result["applications"] if item["place"]}
    assert {"outcomes": outcomes, "places": places} == json.loads(EXPECTED.read_text("utf-8"))


@pytest.mark.stack
def test_the_other_scheme_runs_in_the_other_language_is_proven_and_kept_until_ctrl_c(tmp_path: Path) -> None:
    data, out = tmp_path / "data", out_of(tmp_path) / "grant"
    words = ("--example", "grant", "--json", "--lang", "zh", "--pace", PACE, "--keep")
    with (tmp_path / "said").open("w+") as said:
        kept = subprocess.Popen(
            command(data, out, *words), stdout=subprocess.PIPE, stderr=said, text=True, env=environment()
        )
        given_up = threading.Timer(WITHIN, kept.kill)
        given_up.start()
        try:
            assert kept.stdout is not None
            lines = iter(kept.stdout.readline, "")
            told = "".join(itertools.chain(itertools.takewhile(lambda line: line != "}\n", lines), "}"))
            assert any(item["place"] for item in json.loads(told)["applications"])
            assert kept.poll() is None
            assert find_running_stack(data) is not None
            told_people = (tmp_path / "said").read_text("utf-8")
            assert say(LINES, "kept", "zh") in told_people
            meet_one_of_each_role(told_people)
            [bundle], [key] = out.glob("*.zip"), out.glob("*.vkey")
            # With the auditor, who acts on nothing and takes the bundle, seven.
            office = "admin-1 approver-1 officer-1 officer-2 supervisor-1 supervisor-2"
            assert list_office(bundle) == office.split()
            verify = [command(data, out)[0], "audit", "verify", str(bundle), "--key", str(key)]
            done = subprocess.run(verify, capture_output=True, check=False, text=True, timeout=WITHIN)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr
            kept.send_signal(signal.SIGINT)
            assert kept.wait(WITHIN) == 0
        finally:
            given_up.cancel()
            kept.kill()
        assert find_running_stack(data) is None


@pytest.mark.long
def test_a_pace_that_is_none_is_refused(tmp_path: Path) -> None:
    ended = demo(tmp_path / "data", "--pace", "soon")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--pace" in ended.stderr
