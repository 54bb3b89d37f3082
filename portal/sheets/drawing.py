"""A sheet's fields as its page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.forms.typed import Typed
from portal.sheets.fields import Field
from portal.sheets.filling import BESIDE, FIELD, read_lines
from portal.sheets.inquiry import Inquiry
from portal.sheets.labels import Label, find_words, label_of, values_of
from portal.sheets.sheet import Option, Wrong
from portal.uploads.draft_files import StoredFile, read_kept
from portal.wording.doing.every import WORDS

FEW = 7
"""Options up to which each is a button of its own."""


@dataclass(frozen=True)
class ShownField:
    """One field: `draws` says how, `values` what was typed or chosen, `parts` the texts of a field that has several."""

    name: str
    draws: str
    label: Label
    help: Label
    required: bool
    values: tuple[str, ...]
    options: tuple[Option, ...] = ()
    faults: tuple[str, ...] = ()
    parts: tuple["ShownField", ...] = ()
    files: tuple[StoredFile, ...] = ()

    @property
    def plain(self) -> str:
        """The name of the command's field."""
        return self.name.removeprefix(FIELD)

    @property
    def value(self) -> str:
        """What was typed, of a field that takes one text."""
        return "\n".join(self.values)


def show_fields(
    inquiry: Inquiry, typed: Typed | None, wrong: Sequence[Wrong], language: str
) -> tuple[ShownField, ...]:
    """Return the fields of a sheet with what was typed into them, None before anybody did, and what is wrong."""
    return tuple(
        shown
        for field in inquiry.fields
        if field.kind not in ("form", "scores")
        # What need not be chosen is not asked for where there is nothing to choose, unless something is wrong with it.
        if field.required or inquiry.offers(field) or any(item.field == field.name for item in wrong)
        for shown in _with_beside(
            field,
            _show(
                inquiry,
                field,
                typed,
                tuple(_sentence(item, language) for item in wrong if item.field == field.name),
            ),
            typed or {},
        )
    )


def link_wrong(inquiry: Inquiry, wrong: Sequence[Wrong], language: str) -> list[tuple[str, str]]:
    """Return every fault as a link to its field: pairs of anchor and sentence."""
    names = {field.name for field in inquiry.fields}
    return [
        (f"{FIELD}{item.field}" if item.field in names else "", item.zh if language == "zh" else item.en)
        for item in wrong
    ]


def _show(inquiry: Inquiry, field: Field, given: Typed | None, faults: tuple[str, ...]) -> ShownField:
    sheet, name, typed = inquiry.sheet, f"{FIELD}{field.name}", given or {}
    options = inquiry.show_options(field) or values_of(sheet, field)
    values = typed.get(name, ()) or _list_chosen(options, typed=given is not None)
    ordered = field.kind == "order"
    parts = tuple(
        ShownField(
            f"{name}.{option.code}",
            "number" if ordered else "area",
            Label(option.en, option.zh),
            Label("", ""),
            field.required,
            typed.get(f"{name}.{option.code}", (str(place),) if ordered and given is None else ()),
        )
        for place, option in enumerate(options, start=1)
    )
    return ShownField(
        name=name,
        draws=_draws(field, options),
        label=label_of(sheet, field.name),
        help=find_words(sheet, field.name, "help"),
        required=field.required,
        values=values,
        options=options,
        faults=faults,
        parts=parts if field.kind in ("texts", "order") else (),
        files=read_kept(typed, field.name),
    )


def _list_chosen(options: Sequence[Option], *, typed: bool) -> tuple[str, ...]:
    """Return what is chosen where nothing was: what the options say at first, later that it is none of them.

    None of them is the first option, where it can be chosen. Nothing is kept of it, as it has no code.
    """
    if not typed:
        return tuple(option.code for option in options if option.chosen)
    return tuple(option.code for option in options[:1] if not option.code)


def _with_beside(field: Field, shown: ShownField, typed: Typed) -> tuple[ShownField, ...]:
    """Return a field; after one of lines among which some can be chosen, another in which the rest are typed."""
    if field.kind != "lines":
        return (shown,)
    name, codes = f"{shown.name}{BESIDE}", {option.code for option in shown.options}
    lines = read_lines((*shown.values, *typed.get(name, ())))
    if not codes:
        return (replace(shown, values=lines),)
    beside = ShownField(
        name=name,
        draws="area",
        label=Label(*WORDS["beside"]),
        help=shown.help,
        required=True,
        values=tuple(line for line in lines if line not in codes),
    )
    chosen = tuple(line for line in lines if line in codes)
    return replace(shown, help=Label("", ""), values=chosen), beside


def _draws(field: Field, options: tuple[Option, ...]) -> str:
    match field.kind:
        case "text":
            return "area"
        case "lines":
            return "boxes" if options else "area"
        case "choices":
            return "boxes"
        case "yes-no":
            return "radios"
        case "choice":
            return "radios" if len(options) <= FEW else "select"
        case "order":
            return "texts"
        case "file" | "files":
            return "files"
    return field.kind


def _sentence(item: Wrong, language: str) -> str:
    """Return a fault without the name of its field, under which it stands."""
    text = item.zh.partition("：")[2] or item.zh
    return text if language == "zh" else item.en.partition(": ")[2] or item.en
