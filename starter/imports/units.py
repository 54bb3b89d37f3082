"""Units to register, as a table: one row each, judged against the register as it stands. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from selection.decision.register_views import UnitFact
from selection.forms.credit_codes import find_code_fault
from selection.forms.faults import AnswerFault
from selection.forms.texts import is_formula
from selection.kernel.hidden_characters import find_hidden
from selection.kernel.unit_codes import canonical_code
from selection.register.unit_commands import SCHEMES, UnitEntry
from selection.register.unit_decide import find_circle
from selection.register.unit_sentences import REFUSALS
from starter.imports.filled_table import FilledTable, find_repeated
from tables.grid import TableFault
from tables.layout import Column, FilledRow, Layout

ACTIVE, ENDED = "active", "ended"
LAYOUT = Layout(
    "units",
    ("Units", "单位"),
    (
        Column(
            "code",
            ("Code", "单位代码"),
            (
                "The unified social credit code, or another scheme's: lei:CODE, foreign:DE-HRB1234.",
                "统一社会信用代码；其他编码方式写作 lei:代码、foreign:DE-HRB1234。",
            ),
            required=True,
            width=26,
        ),
        Column(
            "name_zh",
            ("Name in Chinese", "中文名称"),
            (
                "In one line, at most 200 characters; a unit has a name in one of the languages.",
                "一行，至多 200 字；中英文名称至少填一项。",
            ),
            width=36,
        ),
        Column(
            "name_en",
            ("Name in English", "英文名称"),
            ("In one line, at most 200 characters.", "一行，至多 200 字符。"),
            width=36,
        ),
        Column(
            "kind",
            ("Kind", "单位类型"),
            (
                "A code such as enterprise, university or institute, at most 40 letters and digits; may be empty.",
                "类型代码，如 enterprise、university、institute，至多 40 个字母和数字；可留空。",
            ),
            width=16,
        ),
        Column(
            "parents",
            ("Belongs to", "上级单位"),
            (
                "The codes of the units that it belongs to, parted by blanks, at most 10.",
                "所隶属单位的代码，以空格分隔，至多 10 个。",
            ),
            width=40,
        ),
        Column(
            "state",
            ("State", "状态"),
            (
                "active, or ended where the unit is to be taken nowhere any more; empty means active.",
                "active（有效），或 ended（终止，不再采用）；留空为 active。",
            ),
            choices=(ACTIVE, ENDED),
            width=12,
        ),
    ),
    ("91110000XXXXXXXXXX", "示例大学", "Example University", "university", "", "active"),
)
_TITLES = {column.code: column.title for column in LAYOUT.columns}
_HELPS = {column.code: column.help for column in LAYOUT.columns}


@dataclass(frozen=True, slots=True)
class TypedUnit:
    """A row as typed, its codes in the one spelling; None in a column that the table does not have."""

    row: int
    code: str
    name_zh: str | None
    name_en: str | None
    kind: str | None
    parents: tuple[str, ...] | None
    state: str | None


def make_typed(row: FilledRow) -> TypedUnit:
    """Return what a row says; whether it can be so is judged with all others."""
    get = row.values.get
    parents = get("parents")
    return TypedUnit(
        row=row.number,
        code=canonical_code(get("code", "")),
        name_zh=_trim(get("name_zh")),
        name_en=_trim(get("name_en")),
        kind=_trim(get("kind")),
        parents=None if parents is None else tuple(map(canonical_code, parents.split())),
        state=get("state"),
    )


def _trim(text: str | None) -> str | None:
    return None if text is None else text.strip()


def find_faults(read: FilledTable[TypedUnit], known: Mapping[str, UnitFact], lang: int) -> list[TableFault]:
    """Return every fault of a table in the order of its rows; `lang` is 0 for English and 1 for Chinese."""
    rows, places = [item for _, item in read.items], read.places(LAYOUT)
    found = [*read.faults, *find_repeated(((item.row, item.code) for item in rows), places["code"])]
    parents = {code: fact.parents for code, fact in known.items()}
    parents |= {item.code: _parents(item, known) for item in rows}
    for item in rows:
        for column, code, text in _judge(item, known, parents, lang):
            found.append(TableFault(item.row, places[column], code, {}, text))
    return sorted(found, key=lambda fault: (fault.row, fault.column))


def _judge(
    item: TypedUnit, known: Mapping[str, UnitFact], parents: Mapping[str, tuple[str, ...]], lang: int
) -> Iterator[tuple[str, str, str]]:
    """Yield the faults of a row: the column, the code, and what to do."""
    fault = find_code_fault(item.code, SCHEMES)
    if fault is not None:
        yield "code", fault.code, _say("code", fault.code, fault.params, lang)
    before = known.get(item.code)
    names = {
        "name_zh": item.name_zh if before is None or item.name_zh is not None else before.name_zh,
        "name_en": item.name_en if before is None or item.name_en is not None else before.name_en,
    }
    if not any(names.values()):
        yield "name_zh", "missing", _say("name_zh", "missing", {}, lang)
    for column, name in names.items():
        place = find_hidden(name or "", lines=False)
        if place is not None:
            yield column, "hidden-character", _say(column, "hidden-character", {"place": str(place)}, lang)
        elif is_formula(name or ""):
            yield column, "formula", _say(column, "formula", {}, lang)
        elif len(name or "") > 200:
            yield column, "too-long", _say(column, "too-long", {"limit": "200"}, lang)
    yield from _judge_parents(item, parents, lang)
    if not _fits(kind=item.kind or ""):
        yield "kind", "cell-unfit", _HELPS["kind"][lang]


def _judge_parents(
    item: TypedUnit, parents: Mapping[str, tuple[str, ...]], lang: int
) -> Iterator[tuple[str, str, str]]:
    named = item.parents or ()
    for parent in named:
        fault = find_code_fault(parent, SCHEMES)
        if fault is not None:
            yield "parents", fault.code, _say("parents", fault.code, fault.params, lang)
        elif parent not in parents:
            params = {"unit": item.code, "parent": parent}
            yield "parents", "unit-parent-unknown", REFUSALS["unit-parent-unknown"][lang].format(**params)
    if len(set(named)) < len(named):
        yield "parents", "repeated", _say("parents", "repeated", {}, lang)
    elif not _fits(parents=() if item.code in named else tuple(f"99SYNTH{n}" for n in range(len(named)))):
        yield "parents", "cell-unfit", _HELPS["parents"][lang]
    if find_circle(parents, item.code):
        yield "parents", "unit-circle", REFUSALS["unit-circle"][lang].format(unit=item.code)


def _fits(**changes: object) -> bool:
    try:
        UnitEntry.model_validate({"code": "99SYNTHX", "name_en": "x", **changes})
    except ValidationError:
        return False
    return True


def _say(column: str, code: str, params: dict[str, str], lang: int) -> str:
    """Return the sentence of a fault with the column's title as its subject."""
    sentence = AnswerFault(column, code, params).sentence("zh" if lang else "en")
    return f"{_TITLES[column][lang]}{sentence}。" if lang else f"{_TITLES[column][0]} {sentence}."


def _parents(item: TypedUnit, known: Mapping[str, UnitFact]) -> tuple[str, ...]:
    if item.parents is None:
        return known[item.code].parents if item.code in known else ()
    return item.parents


def plan_entries(rows: Sequence[TypedUnit], known: Mapping[str, UnitFact]) -> list[UnitEntry]:
    """Return what is to be registered of rows without faults: nothing of units that stand so, parents before others."""
    merged = {item.code: _merge(item, known.get(item.code)) for item in rows}
    parents = {code: fact.parents for code, fact in known.items()}
    parents |= {code: entry.parents for code, entry in merged.items()}
    changed = {code: entry for code, entry in merged.items() if not _stands(entry, known.get(code))}
    return [changed[code] for code in _parents_first(changed, parents)]


def _merge(item: TypedUnit, before: UnitFact | None) -> UnitEntry:
    """Return an entry: what the table has no column for stays as it is."""
    typed = {name: getattr(item, name) for name in ("name_zh", "name_en", "kind", "parents")}
    given = {name: value for name, value in typed.items() if value is not None}
    kept = {} if before is None else before.model_dump(include={*typed, "active"})
    if item.state is not None:
        kept["active"] = item.state != ENDED
    replaces = 0 if before is None else before.version
    return UnitEntry.model_validate({**kept, **given, "code": item.code, "replaces": replaces})


def _stands(entry: UnitEntry, before: UnitFact | None) -> bool:
    same = ("name_zh", "name_en", "kind", "parents", "active")
    return before is not None and all(getattr(entry, name) == getattr(before, name) for name in same)


def _parents_first(codes: Mapping[str, UnitEntry], parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return codes in an order in which no unit comes before one that it belongs to, however far up."""
    ordered: dict[str, None] = {}
    waiting = list(codes)[::-1]
    met: set[str] = set()
    while waiting:
        code = waiting[-1]
        above = [parent for parent in parents.get(code, ()) if parent not in met]
        if code not in met:
            met.add(code)
            waiting += above
            continue
        waiting.pop()
        ordered[code] = None
    return [code for code in ordered if code in codes]
