"""The visitor's own keys: which there are, taking one back, and making a further one, which an older one signs for."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman, Title
from portal.acts.telling import tell_refusal
from portal.enrolling.making import NewPasskey, PasskeyRequest
from portal.faults import Fault
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.entering.keys import WORDS
from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.kernel.zone import BEIJING
from selection.refusals.refused import Refused
from selection.register.key_commands import EnrolKey, RevokeKey
from selection.register.key_decide import VOUCHERS
from selection.register.state import INSTALLATION
from selection.signing.key import Key

PATH = "/keys"
NEW = "/keys/new"
PROVE = "/keys/new/prove"
REVOKE = "/keys/revoke"


async def list_keys(visit: Visit) -> Response:
    """Show the visitor's keys in force, and where each was used last in a browser."""
    sessions = visit.reach.sessions
    opened = sorted(await sessions.list_own(visit.subject), key=lambda one: one.seen)
    context = {
        "keys": await sessions.list_keys_in_force(visit.subject),
        "used": {one.key: one.seen for one in opened},
        "local": await sessions.is_local(),
        "signs": bool(await sessions.list_keys(visit.subject)),
        "confirms": visit.holds(*VOUCHERS),
    }
    return visit.render("keys/own.html", context)


async def revoke(visit: Visit, form: FormData) -> Response:
    """Lead to the page on which taking one of the visitor's keys back is signed. Raises Fault for another's."""
    name = text_of(form, "key", 100)
    if name not in {row.key.key for row in await visit.reach.sessions.list_keys_in_force(visit.subject)}:
        raise Fault("hidden", 404)
    return await _prepare(visit, RevokeKey(key=name), (line_of("key", name), *await _warn(visit, name)))


async def ask_for_new(visit: Visit) -> Response:
    """Show the page on which a further passkey is made."""
    return await _ask(visit)


async def take_made(visit: Visit, form: FormData) -> Response:
    """Take the passkey that was made, and ask it to sign that it is to be the visitor's."""
    try:
        return await _show_made(visit, _read(visit, form))
    except Refused as refused:
        return await _ask(visit, refused)


async def take_proven(visit: Visit, form: FormData) -> Response:
    """Lead to the page on which an older key signs for the new one."""
    try:
        made = _read(visit, form)
    except Refused as refused:
        return await _ask(visit, refused)
    try:
        founded = await visit.reach.sessions.read_founding()
        enrolment = made.enrol(form, founded, visit.subject.person)
    except Refused as refused:
        return await _show_made(visit, made, refused)
    return await _prepare(visit, EnrolKey(keys=(enrolment,)), _lines_of(enrolment.key))


def _read(visit: Visit, form: FormData) -> NewPasskey:
    return PasskeyRequest.of(form, visit.token, visit.portal.origin).read(form)


async def _ask(visit: Visit, refused: Refused | None = None) -> Response:
    context = {
        "asked": PasskeyRequest.now(visit.token, visit.portal.origin),
        "local": await visit.reach.sessions.is_local(),
        "signs": bool(await visit.reach.sessions.list_keys(visit.subject)),
        "error": tell_of(visit, refused),
    }
    return visit.render("keys/new.html", context, status=403 if refused else 200)


async def _show_made(visit: Visit, made: NewPasskey, refused: Refused | None = None) -> Response:
    founded = await visit.reach.sessions.read_founding()
    shown = made.show(founded.installation, visit.subject.person)
    context = {"made": made, "shown": shown, "error": tell_of(visit, refused)}
    return visit.render("keys/prove.html", context, status=403 if refused else 200)


async def _prepare(visit: Visit, command: Command, lines: tuple[Line, ...]) -> Response:
    roles = [role for role in Role if role in type(command).ACT.roles]
    # Who has no role left still has keys to revoke: the record asks who they are, and for no role.
    role = next((role for role in roles if visit.holds(role)), roles[0])
    register = Title(*WORDS["register"])
    return await Draftsman(visit, INSTALLATION, role).show(command, lines, about=register, back=PATH)


def line_of(word: str, value: str) -> Line:
    """Return one thing that is signed, by the word that it has in portal/wording/entering/keys.py."""
    english, chinese = WORDS[word]
    return Line.of_text(english, chinese, value)


async def _warn(visit: Visit, name: str) -> tuple[Line, ...]:
    """Return what whoever revokes their only passkey is told before they sign."""
    if [key.key for key in await visit.reach.sessions.list_keys(visit.subject)] != [name]:
        return ()
    (english, chinese), (then_english, then_chinese) = WORDS["only"], WORDS["only-then"]
    return (Line(en=english, zh=chinese, value_en=then_english, value_zh=then_chinese),)


def line_of_site(key: Key) -> Line:
    """Return the site that a key was made for, as it is signed."""
    (english, chinese), (none_english, none_chinese) = WORDS["site"], WORDS["site-none"]
    value_en, value_zh = key.site or none_english, key.site or none_chinese
    return Line(en=english, zh=chinese, value_en=value_en, value_zh=value_zh)


def _lines_of(key: Key) -> tuple[Line, ...]:
    return (line_of("key", key.key), line_of_site(key))


def tell_of(visit: Visit, refused: Refused | None) -> str:
    """Return a refusal in words, empty for none."""
    return tell_refusal(visit.language, refused.code, refused.params, BEIJING) if refused else ""


ROUTES = (
    show(PATH, list_keys),
    show(NEW, ask_for_new),
    take(NEW, take_made),
    take(PROVE, take_proven),
    take(REVOKE, revoke),
)
