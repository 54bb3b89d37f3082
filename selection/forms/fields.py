"""The fields of a form, one closed model for each kind; what a form says at its default is left out of its bytes."""

from typing import Annotated, Literal, get_args

from pydantic import Field, SerializerFunctionWrapHandler, StrictBool, model_serializer

from selection.kernel.model import Frozen
from selection.kernel.named import Count, Day, Named, Title
from selection.kernel.numbers import Exact, Whole

FieldCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[A-Za-z0-9.+-]{1,80}$")]
Entry = Literal[
    "name_en",
    "name_zh",
    "field",
    "region",
    "priority",
    "host",
    "co_builders",
    "staff",
    "fund_yuan",
    "avoid",
    "team",
    "pledge",
    "seals",
    "agreement",
]
"""The places of an application's entry that a field may fill: what the rules decide on, and what people call it."""
ENTRIES: tuple[Entry, ...] = get_args(Entry)
PUBLIC_ENTRIES: frozenset[Entry] = frozenset({"name_en", "name_zh", "field", "region", "host", "co_builders"})
"""The places that are public from the notice on, whatever a form says of them."""
KEPT_ENTRIES: tuple[Entry, ...] = ("name_en", "name_zh", "field", "region", "priority")
"""The places that stay in mending, whatever a form says of them."""
Scheme = Literal["uscc", "lei", "foreign", "synthetic", "any"]
Detail = Literal["unit", "post", "title", "degree", "major", "born", "phone", "mail"]
CHARACTERS = 20_000
"""Characters of a text that says no limit of its own."""
MOST_CHARACTERS = 200_000


class Sparse(Frozen):
    """A value whose bytes leave out what is at its default, so that a form fits into one entry.

    So no default here may ever change: forms sealed before would be read otherwise.
    """

    @model_serializer(mode="wrap")
    def _leave_out_defaults(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields = type(self).model_fields
        written: dict[str, object] = write(self)
        return {
            name: value
            for name, value in written.items()
            if fields[name].is_required() or getattr(self, name) != fields[name].default
        }


class Pair(Frozen):
    """A sentence in English and Chinese."""

    en: Annotated[str, Field(min_length=1, max_length=600)]
    zh: Annotated[str, Field(min_length=1, max_length=600)]


class Shown(Frozen):
    """A field is asked only where another field, a choice, has one of these answers."""

    field: FieldCode
    one_of: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)]


class Asked(Sparse):
    """What every field has.

    `personal` answers are kept each in a content of their own, which can be erased; `public` ones of an application are
    for everyone from its public notice on. `entry` names the place of the application's entry that the answer fills.
    `told` ones of a review are for the applicant, without its reviewer's name; its others are for those who decide.
    `kept` ones of an application stay as they were handed in when it is sent back to be mended.
    """

    code: FieldCode
    en: Title
    zh: Title
    help: Pair | None = None
    required: StrictBool = False
    shown: Shown | None = None
    personal: StrictBool = False
    public: StrictBool = False
    entry: Entry | None = None
    told: StrictBool = False
    kept: Annotated[StrictBool, Field(exclude_if=lambda kept: not kept)] = False


class TextField(Asked):
    """A text. `words` counts each Chinese character and each word of another script as one; `lines` allows several."""

    kind: Literal["text"]
    words: Count | None = None
    least_words: Count | None = None
    characters: Annotated[Whole, Field(ge=1, le=MOST_CHARACTERS)] = CHARACTERS
    lines: StrictBool = False


class NumberField(Asked):
    """A number with its unit of measure; whole where it has no places, else a decimal written as a text."""

    kind: Literal["number"]
    measure: Pair | None = None
    least: Exact | None = None
    most: Exact | None = None
    places: Annotated[Whole, Field(ge=0, le=6)] = 0


class DateField(Asked):
    """A day, YYYY-MM-DD."""

    kind: Literal["date"]
    first: Day | None = None
    last: Day | None = None


class ChoiceField(Asked):
    """One of the options, or several; `of` takes the options from a list of the rules."""

    kind: Literal["choice"]
    options: Annotated[tuple[Named, ...], Field(max_length=200)] = ()
    of: Literal["fields", "regions", "priorities"] | None = None
    many: StrictBool = False
    most: Count | None = None


class FileField(Asked):
    """A stored file, or several, of these media types, each of at most so many megabytes (10**6 bytes)."""

    kind: Literal["file"]
    types: Annotated[tuple[MediaType, ...], Field(max_length=20)] = ()
    megabytes: Annotated[Count, Field(le=20)] = 20
    many: StrictBool = False
    most: Annotated[Count, Field(le=100)] = 20


class UnitField(Asked):
    """A unit: code by a scheme, kind, region, names; or several. `registered` ones are those of the register alone."""

    kind: Literal["unit"]
    kinds: Annotated[tuple[Named, ...], Field(max_length=50)] = ()
    schemes: Annotated[tuple[Scheme, ...], Field(min_length=1)] = ("uscc",)
    registered: StrictBool = False
    many: StrictBool = False
    most: Annotated[Count, Field(le=20)] = 20


class CreditCodeField(Asked):
    """The code of a unit by one of the schemes: `uscc` is the unified social credit code, GB 32100-2015."""

    kind: Literal["credit_code"]
    schemes: Annotated[tuple[Scheme, ...], Field(min_length=1)] = ("uscc",)


class PersonField(Asked):
    """A person: name, registered id where there is one, and the details asked for. Always personal."""

    kind: Literal["person"]
    asks: Annotated[tuple[Detail, ...], Field(max_length=8)] = ()


class PeopleField(Asked):
    """People of the register, by their ids."""

    kind: Literal["people"]
    most: Annotated[Count, Field(le=20)] = 20


Column = Annotated[
    TextField | NumberField | DateField | ChoiceField | FileField | CreditCodeField,
    Field(discriminator="kind"),
]
"""What can stand in a column of a table."""


class TableField(Asked):
    """Rows of the same columns; personal columns of each row are kept in a content of their own."""

    kind: Literal["table"]
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=20)]
    least: Annotated[Whole, Field(ge=0, le=200)] = 0
    rows: Annotated[Count, Field(le=200)] = 100


FormField = Annotated[
    TextField
    | NumberField
    | DateField
    | ChoiceField
    | FileField
    | UnitField
    | CreditCodeField
    | PersonField
    | PeopleField
    | TableField,
    Field(discriminator="kind"),
]
KINDS = frozenset(
    {"text", "number", "date", "choice", "file", "unit", "credit_code", "person", "people", "table"}
)


def is_personal(field: Asked) -> bool:
    """Tell whether the whole answer is kept apart: one that is said to be, and every person."""
    return field.personal or isinstance(field, PersonField)


def is_published(field: Asked) -> bool:
    """Tell whether the answer is kept with those that are for everyone: the entry's own are public where they stand."""
    return field.public and field.entry is None


def personal_columns(field: Asked) -> frozenset[str]:
    """Return the columns of a table that are kept apart, row by row; none of another field."""
    if not isinstance(field, TableField):
        return frozenset()
    return frozenset(column.code for column in field.columns if field.personal or column.personal)
