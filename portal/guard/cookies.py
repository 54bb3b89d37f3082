"""Cookies: the session's, which no script reads and no other site has sent; and how pages look."""

import hmac
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from reading.access.sessions import FOR_PROGRAMS

SESSION = "__Host-selection"
"""The name has a browser take it over TLS or on this machine alone, from this very host, for every path."""
MAKING = "__Host-making"
"""Tells the browsers apart that make a first key, of whom nobody is signed in."""
LANGUAGE = "language"
TEXT_SIZE = "text-size"
WANTED = "wanted"
"""To which page somebody was on the way who signs in by a link, which is opened anew and knows nothing of it."""
TEN_MINUTES = 600
A_YEAR = 365 * 24 * 3600


def keep_session(response: Response, token: str) -> None:
    """Have the browser keep the session until it is closed; when it ends is the server's to know."""
    response.set_cookie(SESSION, token, path="/", secure=True, httponly=True, samesite="strict")


def drop_session(response: Response) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(SESSION, path="/", secure=True, httponly=True, samesite="strict")


def find_session(request: Request) -> str:
    """Return the session's token, empty if the browser has none; a program's is none."""
    token = request.cookies.get(SESSION, "")
    return "" if token.startswith(FOR_PROGRAMS) else token


def keep_making(response: Response, secret: str) -> None:
    """Have the browser keep what its questions are made of until it is closed."""
    response.set_cookie(MAKING, secret, path="/", secure=True, httponly=True, samesite="strict")


def find_making(request: Request) -> str:
    """Return what the browser's questions are made of, empty if it has nothing."""
    return request.cookies.get(MAKING, "")


def keep_wanted(response: Response, path: str) -> None:
    """Have the browser keep for ten minutes to which page somebody is on the way."""
    response.set_cookie(
        WANTED, quote(path), max_age=TEN_MINUTES, path="/", secure=True, httponly=True, samesite="lax"
    )


def find_wanted(request: Request) -> str:
    """Return to which page somebody is on the way, empty where the browser says none; it may say anything."""
    return unquote(request.cookies.get(WANTED, ""))


def drop_wanted(response: Response) -> None:
    """Have the browser forget to which page somebody was on the way."""
    response.delete_cookie(WANTED, path="/", secure=True, httponly=True, samesite="lax")


def keep_choice(response: Response, name: str, value: str) -> None:
    """Have the browser keep how pages look; nothing rests on it."""
    response.set_cookie(name, value, max_age=A_YEAR, path="/", secure=True, httponly=True, samesite="lax")


def form_token(session: str) -> str:
    """Return what a form of this session holds, so that no form made elsewhere is taken for one."""
    return hmac.digest(session.encode(), b"form", "sha256").hex()


def mark_person(session: str, person: str) -> str:
    """Return by what a form of this session is known again as this person's, once the session has ended.

    It tells people apart and lets nobody in: the page that it stands in names the person.
    """
    salt = hmac.digest(session.encode(), b"person", "sha256").hex()[:32]
    return f"{salt}.{_hash_person(salt, person)}"


def is_mark_of(person: str, given: str) -> bool:
    """Tell whether a form was made for this person, in whichever session."""
    salt, _, rest = given.partition(".")
    return hmac.compare_digest(_hash_person(salt, person).encode(), rest.encode())


def _hash_person(salt: str, person: str) -> str:
    return hmac.digest(salt.encode(), person.encode(), "sha256").hex()


def is_form_token(session: str, given: str) -> bool:
    """Tell whether a form was made for this session."""
    return hmac.compare_digest(form_token(session).encode(), given.encode())
