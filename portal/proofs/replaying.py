"""The story of an application, a round or a list, told in both languages, in a process of its own."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from audit.bundle.reader import Bundle
from audit.claims import FOLDS, refute
from audit.report.sentences import say_finding
from audit.story.changes import changes, plain
from audit.story.reasons import DEADLINE, find_cause, reason_of
from audit.story.story import Entry, OwnEntry, PointOutside, Story, Version, read_story
from audit.story.visibility_at import NobodyKnown, PersonView, view_as
from portal.proofs.jobs import NOBODY, Answer, Replay, ReplayStream, SeeAs
from portal.proofs.shapes import (
    EntryNotice,
    Fact,
    FieldChange,
    Language,
    ReplayedStory,
    Step,
    Text,
    View,
    Waiting,
)
from portal.shown.data import name_datum
from selection.kernel.hidden_characters import mark_hidden
from selection.round.state import RoundState
from selection.streams import recommender_stream, round_stream
from selection.wording.code_names import name_of
from starter.replay.code_words import CodeWords
from starter.replay.field_words import FieldWords
from starter.replay.steps import Steps, view_of
from starter.replay.story import STANDINGS
from starter.replay.words import QUIET

NOTHING: tuple[Any, ...] = (None, "", [], {}, 0, False)


def replay(bundle: Bundle, job: Replay | ReplayStream | SeeAs) -> Answer:
    """Return the story, or what showed to a person at a step of it."""
    if isinstance(job, ReplayStream):
        return _replay_stream(bundle, job.unit)
    story = read_story(bundle, job.number)
    if not story.entries:
        return Answer(fault="broken-before" if story.broken else "not-in-record")
    if isinstance(job, Replay):
        return Answer(found=mark_texts(Telling(bundle, story).tell().model_dump(mode="json")))
    try:
        seen = view_as(story, story.at(Version(job.version)), job.person)
    except PointOutside:
        return Answer(fault="no-step")
    except NobodyKnown:
        return Answer(fault=NOBODY)
    return Answer(found=mark_texts(Telling(bundle, story).tell_view(seen).model_dump(mode="json")))


def mark_texts(value: Any) -> Any:
    """Return a value with its texts as they are shown: a bundle is made by anyone, and its texts steer nothing."""
    match value:
        case str():
            return mark_hidden(value)
        case dict():
            return {name: mark_texts(item) for name, item in value.items()}
        case list():
            return [mark_texts(item) for item in value]
    return value


def _replay_stream(bundle: Bundle, unit: str) -> Answer:
    stream = recommender_stream(bundle.round, unit) if unit else round_stream(bundle.round)
    story = read_story(bundle, "")
    if not story.of_stream(stream):
        return Answer(fault="broken-before" if story.broken else "not-in-record")
    return Answer(found=mark_texts(Telling(bundle, story).tell_stream(stream).model_dump(mode="json")))


class Telling:
    """Tells a story in both languages."""

    def __init__(self, bundle: Bundle, story: Story) -> None:
        self._bundle = bundle
        self._story = story
        languages: tuple[Language, ...] = ("en", "zh")
        self._fields = {lang: FieldWords(story.rules, lang, by_hash=True) for lang in languages}
        codes = {lang: CodeWords(story.rules, lang) for lang in languages}
        self._in: dict[Language, Steps] = {
            lang: Steps(bundle, story, lang, partial(name_codes, codes[lang], lang)) for lang in languages
        }

    def tell(self) -> ReplayedStory:
        """Return the whole story."""
        steps = tuple(self._step(entry) for entry in self._story.entries)
        return self._head(steps, tuple(_list_people(self._story)))

    def tell_stream(self, stream: str) -> ReplayedStory:
        """Return the whole story of a round or a list; what somebody could see then is told of applications."""
        return self._head(tuple(self._step_beside(entry) for entry in self._story.of_stream(stream)), ())

    def _head(self, steps: tuple[Step, ...], people: tuple[str, ...]) -> ReplayedStory:
        story, manifest = self._story, self._bundle.manifest
        broken = None if story.broken is None else refute(FOLDS, story.stream, story.broken)
        return ReplayedStory(
            steps=steps,
            people=people,
            size=story.size,
            until=story.until,
            engine=manifest.engine,
            redacted=manifest.redacted,
            broken=Text() if broken is None else _both(lambda lang: say_finding(broken, lang)),
        )

    def tell_view(self, seen: PersonView) -> View:
        """Return what showed to somebody."""
        return View(
            person=seen.person,
            registered=seen.fact is not None,
            standings=tuple(_call(item.value) for item in seen.standings),
            row=tuple(self._list_row(seen.row or {})),
            entries=tuple(self._notice(seq, view) for seq, view in seen.events),
            contents=tuple(self._name(place) for place in seen.contents.values()),
            tasks=tuple(
                Waiting(kind=task.kind, role=task.role.value, until=task.until) for task in seen.tasks
            ),
        )

    def _step(self, entry: OwnEntry) -> Step:
        reason, leaf = reason_of(entry, self._story), entry.leaf
        texts = {lang: steps.for_people(entry, reason) for lang, steps in self._in.items()}
        passed = reason.cause.startswith(f"{DEADLINE} ")
        return Step(
            version=leaf.version,
            seq=entry.seq,
            at=leaf.at,
            who=_pick(texts, "who"),
            what=_pick(texts, "event"),
            why=_pick(texts, "why"),
            cause="" if passed else reason.cause,
            authority=leaf.actor.authority,
            deadline=reason.deadline,
            passed=passed,
            until=reason.until,
            extended=_pick(texts, "extended"),
            decision=_pick(texts, "decision"),
            bearing=tuple((path, _plain_value(value)) for path, value in reason.rules.items()),
            under=_pick(texts, "rules"),
            stage=entry.after.stage.value,
            changes=tuple(self._list_changes(entry)),
            state=tuple(self._list_facts(plain(entry.after))),
        )

    def _step_beside(self, entry: Entry) -> Step:
        """Return an entry of a round or a list; what governs it is told where a deadline brought it, or one act."""
        leaf, view = entry.leaf, view_of(entry)
        texts = {lang: steps.show_entry(entry.seq, view) for lang, steps in self._in.items()}
        cause = find_cause(entry)
        passed = cause.startswith(f"{DEADLINE} ")
        return Step(
            version=leaf.version,
            seq=entry.seq,
            at=leaf.at,
            who=_both(lambda lang: self._in[lang].who(entry)),
            what=_pick(texts, "event"),
            why=_pick(texts, "why"),
            cause="" if passed else cause,
            authority=leaf.actor.authority,
            deadline=cause.partition(" ")[2] if passed else "",
            passed=passed,
            until=leaf.at if passed else None,
            extended=Text(),
            decision=Text(),
            bearing=(),
            under=_both(lambda lang: self._in[lang].name_rules(leaf.rules)),
            stage=entry.after.stage.value if isinstance(entry.after, RoundState) else "",
            changes=tuple(self._list_changes(entry)),
            state=tuple(self._list_facts(plain(entry.after))),
        )

    def _list_changes(self, entry: Entry) -> list[FieldChange]:
        return [
            FieldChange(
                name=self._name(change.field),
                before=self._value(change.field, change.before),
                after=self._value(change.field, change.after),
            )
            for change in changes(entry.before, entry.after)
        ]

    def _notice(self, seq: int, view: Mapping[str, Any]) -> EntryNotice:
        texts = {lang: steps.show_entry(seq, view) for lang, steps in self._in.items()}
        who, what, why = (_pick(texts, key) for key in ("who", "event", "why"))
        return EntryNotice(seq=seq, at=view["at"], who=who, what=what, why=why)

    def _list_facts(self, state: dict[str, Any]) -> list[Fact]:
        """Return the fields that hold anything; of what there are several, such as seats, each by itself."""
        found = []
        for key, value in state.items():
            several = (
                isinstance(value, dict) and value and all(isinstance(item, dict) for item in value.values())
            )
            parts = {f"{key}.{inner}": item for inner, item in value.items()} if several else {key: value}
            found += [
                Fact(name=self._name(path), value=self._value(path, item), quiet=key in QUIET)
                for path, item in parts.items()
                if item not in NOTHING
            ]
        return found

    def _list_row(self, row: dict[str, Any]) -> list[Fact]:
        return [
            Fact(
                name=self._name_in_row(key),
                value=self._value(f"row.{key}", value),
                quiet=False,
            )
            for key, value in row.items()
            if value not in NOTHING
        ]

    def _name_in_row(self, field: str) -> Text:
        return _both(lambda lang: self._fields[lang].name_in_row(field))

    def _name(self, path: str) -> Text:
        return _both(lambda lang: self._fields[lang].name(path))

    def _value(self, path: str, value: Any) -> Text:
        return _both(lambda lang: self._fields[lang].show(path, value))


def _list_people(story: Story) -> list[str]:
    """Return who acted on the application or had a seat, as far as the record registers them."""
    acted = {entry.leaf.actor.person for entry in (*story.entries, *story.beside)}
    seated = {seat.expert for entry in story.entries for seat in entry.after.seats}
    return sorted(person for person in acted | seated if story.register.knows(person))


def _call(standing: str) -> Text:
    return _both(lambda lang: name_of(STANDINGS, standing, lang))


def name_codes(codes: CodeWords, lang: Language, name: str, value: Any) -> Any:
    """Return what an entry holds as a page says it: no code of the rules, no name of a command."""
    return name_datum(codes.name_listed, codes.list_codes("criteria"), lang, name, value)


def _plain_value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _both(say: Callable[[Language], str]) -> Text:
    return Text(en=say("en"), zh=say("zh"))


def _pick(texts: dict[Language, dict[str, Any]], key: str) -> Text:
    return Text(en=str(texts["en"].get(key, "")), zh=str(texts["zh"].get(key, "")))
