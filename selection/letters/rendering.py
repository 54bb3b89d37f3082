"""The texts of the letters: a subject and a body per template, in English and Chinese.

Around its body each says what no template repeats: the page where it goes on, the round by its name, and whom to ask.

A letter holds what its parameters hold: ids, codes and instants, the names of a centre and its host unit where its
reader may see them, and never a person's name. Letters to applicants do not tell who reviews, letters to experts do
not tell who else does.
"""

from collections.abc import Callable
from datetime import datetime

from selection.kernel.counting import fill
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.model import Frozen
from selection.letters.pages import DONE_ON, find_path
from selection.process.letter import Texts
from selection.rooms import ROOMS
from selection.wording.code_names import DEADLINES, SEAT_REASONS, names_of
from selection.wording.parameters import READERS, name_by
from selection.wording.round_words import USUAL, RoundWords

TEXTS: Texts = {template: text for room in ROOMS for template, text in room.letters.items()}


class Office(Frozen):
    """What letters of an installation say beside a round's rules: where its portal is, and whom to ask.

    `portal` is an origin such as `https://selection.example.cn`; the `contact` is of letters without a round's.
    """

    portal: str = ""
    contact: str = ""


NOWHERE = Office()
"""Of an installation that says neither: its letters tell in words where to go."""

_FRAME = {
    "en": "Dear Sir or Madam,\n\n{body}\n\n{way}{about}{contact}\n\nThe selection office\n\n"
    "This letter was sent by the selection system; please do not reply to it.",
    "zh": "您好：\n\n{body}\n\n{way}{about}{contact}\n\n遴选工作办公室\n\n本邮件由遴选系统发送，请勿直接回复。",
}

_WAYS = {
    "en": {
        "done": "To do this, open: {link}",
        "shown": "To read more, open: {link}",
        "nowhere": "To do this or read more, sign in to the portal of the selection, at the address that the selection"
        " office gave you; “Tasks” lists what waits for you.",
    },
    "zh": {
        "done": "办理页面：{link}",
        "shown": "查看页面：{link}",
        "nowhere": "如需办理或查看，请按遴选工作办公室告知的网址登录遴选门户；待您办理的事项列于“待办”。",
    },
}
"""Where a letter leads: to the page where something is done, or shown; or, without a known portal, in words."""

_ABOUT = {
    "en": {"round": "Round: {name}", "centre": "Centre: {name}", "host": "Host unit: {name}"},
    "zh": {"round": "遴选：{name}", "centre": "中心：{name}", "host": "依托单位：{name}"},
}
_CONTACT = {
    "en": ("Questions: {contact}", "Questions: please turn to the selection office.", "telephone", ", "),
    "zh": ("咨询：{contact}", "如有疑问，请与遴选工作办公室联系。", "电话", "，"),
}
"""Whom to ask; the same where nobody is named; what a number is called, and what stands between two ways."""


_SHOWN: dict[str, Callable[[str, str], str]] = {
    **READERS,
    "moved": lambda value, language: names_of(DEADLINES, value.split(", "), language),
    "why": name_by(SEAT_REASONS),
}
_GROUNDS = ("faults", "grounds")
_PROCEDURE = ("ground", "remedy")
_LEVELS = ("level", "levels")
_NO_LEVEL = {"en": "none", "zh": "无"}
"""Of a post that has none."""


def render(
    template: str,
    params: dict[str, str],
    language: str,
    words: RoundWords = USUAL,
    office: Office = NOWHERE,
) -> tuple[str, str]:
    """Return subject and body in `zh`, else in English; `words` are those of the round that the letter is about.

    Raises KeyError for an unknown template or a parameter that the text wants and the letter lacks.
    """
    spoken = "zh" if language == "zh" else "en"
    subject, body = TEXTS[template][spoken]
    shown = {name: _show(name, value, spoken, words) for name, value in params.items()}
    right = _tell_right(params, spoken, words)
    framed = {
        "body": fill(body, shown) + right,
        "way": _tell_way(template, params, spoken, office),
        "about": _name_matter(params, spoken, words),
        "contact": _tell_contact(spoken, words, office),
    }
    return _one_line(fill(subject, shown)), fill(_FRAME[spoken], framed)


_RIGHT = {
    "en": "\n\nYou may request a review by {until}, on the procedure only: whether the decision was right is not"
    " reviewed. People who had no part in the round decide on it. The grounds are: {grounds}. The page of the"
    " application leads there.",
    "zh": "\n\n您单位可于{until}前申请复核。复核只审查程序，不评价决定本身是否正确，由未参与本轮次的人员作出决定。"
    "理由限于：{grounds}。请在该申报的页面办理。",
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
    }
    return fill(_RIGHT[language], shown)


def _show(name: str, value: str, language: str, words: RoundWords) -> str:
    if name in _GROUNDS:
        return words.name_grounds(value.split(", "), language)
    if name in _PROCEDURE:
        return words.name_procedure(value, language)
    if name in _LEVELS:
        return words.name_levels(value.split(", "), language) if value != "-" else _NO_LEVEL[language]
    if name == "path":
        return words.name_field(value, language)
    if name == "until":
        return format_deadline(datetime.fromisoformat(value), language, words.zone)
    if name in ("began", "ended"):
        return show_instant(datetime.fromisoformat(value), language, words.zone)
    return _SHOWN[name](value, language) if name in _SHOWN else value


def _tell_way(template: str, params: dict[str, str], language: str, office: Office) -> str:
    """Return a paragraph that leads to the letter's page, empty where it has none."""
    path, ways = find_path(template, params), _WAYS[language]
    if not path:
        return ""
    way = ways["done" if template in DONE_ON else "shown"] if office.portal else ways["nowhere"]
    return f"{way.format(link=office.portal + path)}\n\n"


def _tell_contact(language: str, words: RoundWords, office: Office) -> str:
    """Return whom to ask: who the round's rules name, else whom the installation does, else the office in words."""
    asked, nobody, phone, between = _CONTACT[language]
    contact, named = words.contact, office.contact
    if contact is not None:
        name = contact.zh if language == "zh" else contact.en
        number = contact.phone and f"{phone} {contact.phone}"
        named = between.join(part for part in (name, number, contact.mail) if part)
    return asked.format(contact=_one_line(named)) if named else nobody


def _name_matter(params: dict[str, str], language: str, words: RoundWords) -> str:
    """Return a paragraph that says what id and number stand for, empty where the letter is about no round.

    Names are chosen by applicants: each stays in its line, so that none can write another letter under this one.
    """
    other = "en" if language == "zh" else "zh"
    centre, host = (
        _one_line(params.get(f"{of}_{language}") or params.get(f"{of}_{other}") or "")
        for of in ("centre", "host")
    )
    title = words.title and _one_line(words.title.zh if language == "zh" else words.title.en)
    named = (("round", title if "round" in params else None), ("centre", centre), ("host", host))
    lines = [_ABOUT[language][name].format(name=called) for name, called in named if called]
    return "".join(f"{line}\n" for line in lines) + "\n" if lines else ""


def _one_line(subject: str) -> str:
    # Ids are chosen by people: a line break in a mail's header would let one of them write other headers.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
