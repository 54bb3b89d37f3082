"""Refused letters in words."""

from typing import Any

from ledger.letters.undelivered import LetterFate
from selection.letters.rendering import render
from selection.wording.round_words import RoundWords
from starter.cli.options import Language
from starter.cli.output import Local

ANSWERED = "the mail server answered "
CHINESE = {
    "the registered address cannot be written into a mail": "登记的邮箱地址无法用于邮件",
    "the mail server cannot take this address": "邮件服务器不支持该邮箱地址",
    "the person was erased": "该人员已清除",
    "no mail address is registered": "未登记邮箱地址",
    "nobody is registered under this id": "该编号未登记",
}
"""Why a letter was refused: what the courier wrote down -> Chinese."""


def row_of(letter: LetterFate, lang: Language, words: RoundWords) -> dict[str, Any]:
    """Return a letter as lists show it: never its body, nor any address."""
    subject, _ = render(letter.template, letter.params, words.choose_language(lang), words)
    return {
        "id": letter.id,
        "application": letter.stream.partition("/")[2],
        "person": letter.to,
        "subject": subject,
        "since": letter.since and Local(letter.since, words.zone),
        "found": name_answer(letter.found, lang),
        "anew": letter.anew is not None,
        "template": letter.template,
        "message_id": letter.message_id,
    }


def name_answer(found: str, lang: Language) -> str:
    """Return why a letter was refused, in a language."""
    if lang != "zh":
        return found
    if found.startswith(ANSWERED):
        return f"邮件服务器答复 {found.removeprefix(ANSWERED)}"
    return CHINESE.get(found, found)
