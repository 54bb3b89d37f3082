"""`selection audit replay`: the story of an application, the round or a list out of a bundle; also in the debugger."""

import re
import shlex
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from audit.bundle.reader import Bundle, BundleUnreadable
from audit.story.story import (
    Beside,
    Entry,
    Instant,
    Place,
    Point,
    PointOutside,
    Situation,
    Story,
    Version,
    read_story,
)
from audit.story.visibility_at import NobodyKnown, PersonView, view_as
from selection.kernel.zone import BEIJING, Zone
from selection.streams import recommender_stream, round_stream
from selection.wording.round_words import words_of
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.replay.beside import TellingBeside
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
        "selection audit replay second-batch.zip round --at '2024-08-29 00:00:00'",
        "selection audit replay second-batch.zip list/prov-bj",
        "selection audit replay second-batch.zip 0007 --debug",
    ),
)
def replay(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle (zip).")],
    number: Annotated[
        str, typer.Argument(metavar="WHAT", help="NUMBER or ROUND/NUMBER; `round`; list/UNIT.")
    ],
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
    """Replay an application, the round or a list: who did what, in which role, why, and under which rules.

    Without --at, all steps are shown. The bundle is read as it is and nothing is proven: use `selection audit
    verify` for that. Needs neither network nor database.
    """
    options = options_of(ctx)
    elsewhere = options.json or since or seen_by or (at and stop)
    beside = _is_beside(number)
    if (debug and elsewhere) or (stop and not debug) or (seen_by and (since or beside)) or (debug and beside):
        raise CommandFailed("replay-options")
    try:
        with Bundle(file) as bundle:
            if beside:
                _tell_beside(bundle, _stream(number, bundle.round), at, since, options)
            elif debug:
                _debug(bundle, _number(number, bundle.round), at, stop or [], options)
            else:
                _tell(bundle, _number(number, bundle.round), at, since, seen_by, options)
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
    telling.head(_verify(bundle))
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


def _tell_beside(bundle: Bundle, stream: str, at: str | None, since: str | None, options: Options) -> None:
    """Tell the story of the round or of a list."""
    out = Output(options.lang, as_json=options.json)
    with out.show_busy("Reading the record", "正在读取记录"):
        story = read_story(bundle, "")
    out.zone = words_of(story.rules).zone
    telling = TellingBeside(out, bundle, story, stream)
    if not story.of_stream(stream):
        if story.broken is not None:
            _refuse_broken(story, telling)
        lists = {entry.leaf.stream for entry in story.beside} - {round_stream(bundle.round)}
        units = ", ".join(sorted(name.rpartition("/")[2] for name in lists))
        raise CommandFailed("list-not-in-bundle", units=units or "-")
    then = _beside(story, stream, at, telling)
    first = None if since is None else _beside(story, stream, since, telling)
    if first is not None and len(first.entries) > len(then.entries):
        raise CommandFailed("points-reversed")
    telling.head(_verify(bundle))
    if first is not None:
        telling.tell_between(first, then)
    elif at is not None:
        telling.tell_point(then)
    else:
        telling.tell_whole()
    out.finish()
    if story.broken is not None:
        _refuse_broken(story, telling)


def _verify(bundle: Bundle) -> str:
    return f"selection audit verify {shlex.quote(str(bundle.path))} --key FILE.vkey"


def _is_beside(said: str) -> bool:
    """Tell whether the round or a list was named, and no application."""
    kind, _, unit = said.partition("/")
    return said == "round" or (kind == "list" and bool(unit))


def _stream(said: str, round_id: str) -> str:
    """Return the stream of the round, or of the list, that was named."""
    return round_stream(round_id) if said == "round" else recommender_stream(round_id, said.partition("/")[2])


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
        _refuse_point(story, story.entries, telling, outside)


def _beside(story: Story, stream: str, said: str | None, telling: Telling) -> Beside:
    point = None if said is None else point_of(said, words_of(story.rules).zone)
    try:
        return story.beside_at(stream, point)
    except PointOutside as outside:
        _refuse_point(story, story.of_stream(stream), telling, outside)


def _refuse_point(
    story: Story, entries: Sequence[Entry], telling: Telling, outside: PointOutside
) -> NoReturn:
    if story.broken is not None and not outside.early:
        _refuse_broken(story, telling)
    first, count = entries[0], str(len(entries))
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


def _refuse_broken(story: Story, telling: Telling) -> NoReturn:
    assert story.broken is not None
    text = telling.fault(story.broken)
    raise CommandFailed("fold-broken", exits=BROKEN, point=story.broken.point, text=text)
