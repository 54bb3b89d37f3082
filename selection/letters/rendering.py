"""The texts of the letters: a subject and a body per template, in English and Chinese.

A letter holds what its parameters hold: ids, codes and instants, the names of a centre and its host unit where its
reader may see them, and never a person's name. Letters to applicants do not tell who reviews, letters to experts do
not tell who else does.
"""

from collections.abc import Callable
from datetime import datetime

from selection.kernel.counting import fill
from selection.kernel.instants import format_deadline, show_instant
from selection.process.letter import Texts
from selection.rooms import ROOMS
from selection.wording.code_names import DEADLINES, SEAT_REASONS, names_of
from selection.wording.parameters import READERS, name_by
from selection.wording.round_words import USUAL, RoundWords

TEXTS: Texts = {template: text for room in ROOMS for template, text in room.letters.items()}

_FRAME = {
    "en": "Dear Sir or Madam,\n\n{body}\n\n{about}The selection office\n\n"
    "This letter was sent by the selection system; please do not reply to it.",
    "zh": "您好：\n\n{body}\n\n{about}遴选工作办公室\n\n本邮件由遴选系统发送，请勿直接回复。",
}

_ABOUT = {
    "en": {"centre": "Centre: {name}", "host": "Host unit: {name}"},
    "zh": {"centre": "中心：{name}", "host": "依托单位：{name}"},
}


_SHOWN: dict[str, Callable[[str, str], str]] = {
    **READERS,
    "moved": lambda value, language: names_of(DEADLINES, value.split(", "), language),
    "why": name_by(SEAT_REASONS),
}
_GROUNDS = ("faults", "grounds")
_PROCEDURE = ("ground", "remedy")


def render(
    template: str, params: dict[str, str], language: str, words: RoundWords = USUAL
) -> tuple[str, str]:
    """Return subject and body in `zh`, else in English; `words` are those of the round that the letter is about.

    Raises KeyError for an unknown template or a parameter that the text wants and the letter lacks.
    """
    spoken = "zh" if language == "zh" else "en"
    subject, body = TEXTS[template][spoken]
    shown = {name: _show(name, value, spoken, words) for name, value in params.items()}
    right = _tell_right(params, spoken, words)
    framed = {"body": fill(body, shown) + right, "about": _name_application(params, spoken)}
    return _one_line(fill(subject, shown)), fill(_FRAME[spoken], framed)


_RIGHT = {
    "en": "\n\nYou may request a review by {until}, on the procedure only: whether the decision was right is not"
    " reviewed. People who had no part in the round decide on it. The grounds are: {grounds}."
    " `selection request make {round}/{application} GROUND --text @facts.md`, or the page of the application.",
    "zh": "\n\n您单位可于{until}前申请复核。复核只审查程序，不评价决定本身是否正确，由未参与本轮次的人员作出决定。"
    "理由限于：{grounds}。请使用 `selection request make {round}/{application} GROUND --text @facts.md`"
    "，或在该申报的页面办理。",
}


def _tell_right(params: dict[str, str], language: str, words: RoundWords) -> str:
    """Return a paragraph on the right to a review, empty where the letter tells of no end that is reviewed."""
    since = params.get("reviewable_since")
    if since is None:
        return ""
    until = words.end_of_requests(datetime.fromisoformat(since))
    shown = {
        "until": format_deadline(until, language, words.zone),
        "grounds": words.list_procedure(language),
        "round": params["round"],
        "application": params["application"],
    }
    return fill(_RIGHT[language], shown)


def _show(name: str, value: str, language: str, words: RoundWords) -> str:
    if name in _GROUNDS:
        return words.name_grounds(value.split(", "), language)
    if name in _PROCEDURE:
        return words.name_procedure(value, language)
    if name == "path":
        return words.name_field(value, language)
    if name == "until":
        return format_deadline(datetime.fromisoformat(value), language, words.zone)
    if name in ("began", "ended"):
        return show_instant(datetime.fromisoformat(value), language, words.zone)
    return _SHOWN[name](value, language) if name in _SHOWN else value


def _name_application(params: dict[str, str], language: str) -> str:
    """Return a paragraph that says what the number stands for, empty where the letter does not name it.

    Names are chosen by applicants: each stays in its line, so that none can write another letter under this one.
    """
    other = "en" if language == "zh" else "zh"
    centre, host = (
        _one_line(params.get(f"{of}_{language}") or params.get(f"{of}_{other}") or "")
        for of in ("centre", "host")
    )
    words = _ABOUT[language]
    lines = [
        words[name].format(name=called) for name, called in (("centre", centre), ("host", host)) if called
    ]
    return "".join(f"{line}\n" for line in lines) + "\n" if lines else ""


def _one_line(subject: str) -> str:
    # Ids are chosen by people: a line break in a mail's header would let one of them write other headers.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
