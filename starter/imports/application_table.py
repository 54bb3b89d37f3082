"""A round's applications as a table, rows and columns as far as somebody may see them."""

from typing import Any

from reading.access.subject import Subject
from reading.models import PublishedApplication
from reading.service import ReadService
from starter.cli.options import Language
from starter.imports.applications import PUBLIC, list_shown_columns
from starter.papers.answers import list_answers
from tables.layout import Column

Row = dict[str, Any]


async def collect_table(
    reads: ReadService, who: Subject, round_id: str, lang: Language | None
) -> tuple[tuple[Column, ...], list[Row]]:
    """Return columns and rows, public answers in words of a language, or as they were given. Raises Hidden."""
    found = await reads.applications.list_of_round(who, round_id)
    published = await reads.public.list_published(round_id)
    answers = {item.row.number: list_public(item, lang) for item in published}
    shown = [item.dump() for item in found]
    rows = [{**row, **answers.get(row["number"], {})} for row in shown]
    return list_shown_columns(rows, published), rows


def list_public(published: PublishedApplication, lang: Language | None) -> Row:
    """Return the public answers by their columns."""
    filled = published.answers
    if filled is None:
        return {}
    if lang is None:
        return {f"{PUBLIC}{code}": answer for code, answer in filled.answers.items()}
    return {f"{PUBLIC}{item.code}": item.said.words.get(lang) for item in list_answers(filled)}
