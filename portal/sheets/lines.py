"""What a sheet says, as lines of the page on which it is signed: all of it, in the order of the command."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portal.acts.prepared import Line
from portal.sheets.fields import Field, holds_people
from portal.sheets.inquiry import Inquiry
from portal.sheets.labels import label_of, values_of
from portal.sheets.sheet import Option
from portal.shown.downloads import name_types, show_size
from portal.uploads.draft_files import StoredFile
from selection.kernel.instants import show_instant


def tell_values(inquiry: Inquiry, values: Mapping[str, Any]) -> Iterator[Line]:
    """Yield a line for each thing that the engine knew, and for each field that was filled in."""
    yield from tell_known(inquiry)
    for field in inquiry.fields:
        if field.name in values:
            yield from _tell(inquiry, field, values[field.name])


def tell_known(inquiry: Inquiry) -> Iterator[Line]:
    """Yield a line for each thing that the engine knew and that is told in words."""
    for name, known in inquiry.known.items():
        if known.en:
            label = label_of(inquiry.sheet, name)
            yield Line(en=label.en, zh=label.zh, value_en=known.en, value_zh=known.zh)


def _tell(inquiry: Inquiry, field: Field, value: Any) -> Iterator[Line]:
    sheet = inquiry.sheet
    label, listed = label_of(sheet, field.name), holds_people(sheet, field.name)
    options = tuple(inquiry.offered.get(field.name, ())) or values_of(sheet, field)
    match field.kind:
        case "choices" | "lines" | "order":
            yield _name(label, value, options, listed=listed)
        case "choice" | "yes-no":
            yield _name(label, (_code(value),), options, listed=listed)
        case "texts":
            for code, text in value.items():
                named = _find(code, options)
                yield Line.of_text(f"{label.en}: {named.en}", f"{label.zh}：{named.zh}", text)
        case "file" | "files":
            files = value if field.kind == "files" else (value,)
            yield Line(
                en=label.en,
                zh=label.zh,
                value_en="\n".join(f"{_call(file)} ({show_size(file.size)})" for file in files),
                value_zh="\n".join(f"{_call(file)}（{show_size(file.size)}）" for file in files),
                long=len(files) > 1,
            )
        case "moment":
            zone = inquiry.setting.spot.zone
            at = zone.read_local(value)
            en, zh = (show_instant(at, language, zone) for language in ("en", "zh"))
            yield Line(en=label.en, zh=label.zh, value_en=en, value_zh=zh)
        case "line" if listed:
            yield _name(label, (value,), (), listed=listed)
        case "text" | "line" | "number" | "date":
            yield Line.of_text(*label, str(value))


def _name(label: tuple[str, str], codes: Sequence[Any], options: Sequence[Option], *, listed: bool) -> Line:
    """Return the line of what was chosen or typed; `listed` tells that it is people."""
    told: list[tuple[str, str, str]] = []
    for code in map(str, codes):
        item = _find(code, options)
        told.append((code, code, code) if listed else (item.en, item.zh, item.about))
        for part in item.of:
            told += [(f"{part.en}:", f"{part.zh}：", ""), *((person,) * 3 for person in part.people)]
    ens, zhs, people = zip(*told, strict=True) if told else ((), (), ())
    return Line(
        en=label[0],
        zh=label[1],
        value_en="\n".join(ens),
        value_zh="\n".join(zhs),
        long=len(told) > 1,
        people=people if any(people) else (),
    )


def _call(file: StoredFile) -> str:
    """Return what a file is called; of one without a name, what it is."""
    return file.name or name_types([file.media_type])[0]


def _find(code: str, options: Sequence[Option]) -> Option:
    return next((option for option in options if option.code == code), Option(code, code, code))


def _code(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
