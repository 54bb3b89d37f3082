"""`selection audit replay`: one application's story out of a bundle, offline; also in the debugger."""

import re
import shlex
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from audit.bundle.reader import Bundle, BundleUnreadable
from audit.story.story import Instant, Place, Point, PointOutside, Situation, Story, Version, read_story
from audit.story.visibility_at import NobodyKnown, PersonView, view_as
from selection.kernel.zone import BEIJING, Zone
from selection.wording.round_words import words_of
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.replay.story import Telling

app = single()
_SECOND = timedelta(seconds=1) - timedelta(microseconds=1)

At = Annotated[
    str | None,
    typer.Option(
        metavar="POINT",
        help="A version (12), a position in the log (#345), or a time, as printed here or with a time zone.",
    ),
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="POINT", help="Show what changed between this point and --at.")
]
SeenBy = Annotated[
    str | None, typer.Option(metavar="PERSON", help="Show what this person could see at that point.")
]
Stops = Annotated[
    list[str] | None,
    typer.Option(
        "--break",
        metavar="PLACE",
        help="With --debug: stop here instead of before each act: FILE:LINE or a function; may be repeated.",
    ),
]


@app.command(
    "replay",
    epilog=example(
        "selection audit replay second-batch.zip 0007",
        "selection audit replay second-batch.zip 0007 --at 12",
        "selection audit replay second-batch.zip 0007 --from 12 --at '#480'",
        "selection audit replay second-batch.zip 0007 --seen-by expert-07 --at '2024-08-29 00:00:00'",
        "selection audit replay second-batch.zip 0007 --debug",
    ),
)
def replay(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle (zip).")],
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="NUMBER or ROUND/NUMBER.")],
    at: At = None,
    since: Since = None,
    seen_by: SeenBy = None,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help="Decide each act again in the debugger (pdb), with the facts of that time."
        ),
    ] = False,
    stop: Stops = None,
) -> None:
    """Replay an application step by step: who did what, in which role, why, and under which rules.

    Without --at, all steps are shown. The bundle is read as it is and nothing is proven: use `selection audit
    verify` for that. Needs neither network nor database.
    """
    options = options_of(ctx)
    elsewhere = options.json or since or seen_by or (at and stop)
    if (debug and elsewhere) or (stop and not debug) or (since and seen_by):
        raise CommandFailed("replay-options")
    try:
        with Bundle(file) as bundle:
            plain = _number(number, bundle.round)
            if debug:
                _debug(bundle, plain, at, stop or [], options)
            else:
                _tell(bundle, plain, at, since, seen_by, options)
    except BundleUnreadable as fault:
        raise CommandFailed(fault.code, exits=BROKEN, text=file.name) from None
    except OSError as fault:
        raise CommandFailed("file-missing", text=f"{file.name}: {fault.strerror}") from None


def _debug(bundle: Bundle, number: str, at: str | None, stop: list[str], options: Options) -> None:
    # Temporal and the workflows take half a second to load, and the story does without them.
    from audit.decisions.debugger import start_of
    from starter.replay.debugging import run_in_debugger

    start = 0
    if at is not None:
        story = read_story(bundle, number)
        point = point_of(at, words_of(story.rules).zone)
        telling = Telling(Output(options.lang), bundle, story)
        if not story.entries:
            _refuse_untold(story, telling)
        start = start_of(story, _situation(story, at, {at: point}, telling).last)
    run_in_debugger(bundle, number, options, places=stop, start=start)


def _tell(
    bundle: Bundle, number: str, at: str | None, since: str | None, seen_by: str | None, options: Options
) -> None:
    out = Output(options.lang, as_json=options.json)
    with out.show_busy("Reading the record", "正在读取记录"):
        story = read_story(bundle, number)
    out.zone = words_of(story.rules).zone
    points = {said: point_of(said, out.zone) for said in (at, since) if said is not None}
    telling = Telling(out, bundle, story)
    if not story.entries:
        _refuse_untold(story, telling)
    then = _situation(story, at, points, telling)
    first = None if since is None else _situation(story, since, points, telling)
    if first is not None and len(first.entries) > len(then.entries):
        raise CommandFailed("points-reversed")
    seen = None if seen_by is None else _view_as(story, then, seen_by)
    telling.head(f"selection audit verify {shlex.quote(str(bundle.path))} --key FILE.vkey")
    if seen is not None:
        telling.tell_view(seen, then)
    elif first is not None:
        telling.between(first, then)
    elif at is not None:
        telling.point(then)
    else:
        telling.whole()
    out.finish()
    if story.broken is not None:
        _refuse_broken(story, telling)


def _number(said: str, round_id: str) -> str:
    """Return an application's number in the bundle's round; empty for one of another round."""
    *before, number = said.removeprefix("application/").split("/")
    return number if before in ([], [round_id]) else ""


def point_of(said: str, zone: Zone = BEIJING) -> Point:
    """Return the point that was named. A time without a zone is the round's; one to the second is all of it."""
    if re.fullmatch(r"\d{1,9}", said):
        return Version(int(said))
    if re.fullmatch(r"#\d{1,9}", said):
        return Place(int(said[1:]))
    try:
        at = datetime.fromisoformat(said)
        at = (at if at.tzinfo else zone.read_local(at)) + (_SECOND if "." not in said else timedelta())
    except (ValueError, OverflowError):
        raise CommandFailed("point-unreadable") from None
    return Instant(at)


def _situation(story: Story, said: str | None, points: dict[str, Point], telling: Telling) -> Situation:
    try:
        return story.end() if said is None else story.at(points[said])
    except PointOutside as outside:
        if story.broken is not None and not outside.early:
            _refuse_broken(story, telling)
        first, count = story.entries[0], str(len(story.entries))
        if outside.early:
            at = Output(telling.lang).cell("", first.leaf.at)
            raise CommandFailed("point-early", seq=str(first.seq), at=at) from None
        raise CommandFailed("point-outside", count=count, last=str(story.size - 1)) from None


def _view_as(story: Story, then: Situation, person: str) -> PersonView:
    try:
        return view_as(story, then, person)
    except NobodyKnown as unknown:
        raise CommandFailed("nobody-registered" if unknown.kept else "register-missing") from None


def _refuse_untold(story: Story, telling: Telling) -> None:
    if story.broken is not None:
        _refuse_broken(story, telling)
    known = sorted(story.numbers)
    first, last = (known[0], known[-1]) if known else ("-", "-")
    raise CommandFailed("not-in-bundle", count=str(len(known)), first=first, last=last)


def _refuse_broken(story: Story, telling: Telling) -> None:
    assert story.broken is not None
    text = telling.fault(story.broken)
    raise CommandFailed("fold-broken", exits=BROKEN, point=story.broken.point, text=text)
