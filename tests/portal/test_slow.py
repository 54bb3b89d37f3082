"""Visitors who send slowly, or nothing, or read nothing, by the hundred: they are closed, and keep nobody out."""

import select
from secrets import token_urlsafe

from ledger.record import Ledger
from portal.backend import ROLE, Reach
from portal.guard.bodies import OF_A_PERSON, OF_STRANGERS
from portal.guard.cookies import SESSION, form_token
from reading.access.authentication import LocalAssertion
from runtime.portal_limits import OPEN_AT_MOST
from tests.portal.support.raw import ELSEWHERE, HERE, Port, Visitor, start_portal
from tests.running.waiting import until

ALLOWED = 40
"""Connections of one address, unless the operator says otherwise."""
MANY = 205
SOME = 5
NEVER, SOON = 3600, 0.2
"""Seconds: no test waits for the one; whoever waits for the other waits as long as it takes."""


def half_heads(portal: Port, count: int = MANY) -> list[Visitor]:
    return [portal.come().send(portal.head("GET", "/sign-in")) for _ in range(count)]


def half_bodies(portal: Port, path: str, count: int) -> list[Visitor]:
    head, body = portal.form(path, {"next": "/tasks", "round": "r1"})
    return [portal.come().send(head + body[:5]) for _ in range(count)]


async def session_of(url: str, person: str) -> str:
    """The token of somebody who is signed in."""
    ledger = await Ledger.connect(url, role=ROLE)
    claim = LocalAssertion(person=person, session=token_urlsafe(8))
    token = await Reach.over(ledger).sessions.begin(claim, "raw", "")
    await ledger.close()
    return token


async def test_half_heads_of_one_address_keep_no_other_out(url: str) -> None:
    async with start_portal(url, HEAD_S=NEVER) as portal:
        first, more = half_heads(portal, ALLOWED), half_heads(portal)
        assert {visitor.read() for visitor in more} == {503}
        assert portal.ask("/sign-in", HERE) == 503
        assert portal.ask("/sign-in", ELSEWHERE) == 200
        first[0].close()
        await portal.until_asked("/sign-in", HERE)
        # Those that came first are there still.
        assert first[-1].send(b"\r\n").read() == 200


async def test_who_is_refused_is_told_whether_their_address_has_too_much_open_or_all_together(
    url: str,
) -> None:
    half = OPEN_AT_MOST // 2
    async with start_portal(url, HEAD_S=NEVER, CONNECTIONS=half) as portal:
        for address in (HERE, ELSEWHERE):
            # Some more than are let in: what the start of the portal was seen by may be open still.
            for _ in range(half + SOME):
                portal.come(address)
            assert b"of this address" in portal.come(address).listen()
        assert b"at this time" in portal.come("127.0.0.3").listen()


async def test_half_heads_are_closed(url: str) -> None:
    async with start_portal(url, HEAD_S=SOON, CONNECTIONS=2 * MANY) as portal:
        visitors = half_heads(portal)
        assert {visitor.read() for visitor in visitors} == {0}
        await portal.until_asked("/sign-in", HERE)


async def test_who_was_answered_once_has_no_more_time_for_the_next_head(url: str) -> None:
    async with start_portal(url, HEAD_S=1) as portal:
        await portal.until_asked("/sign-in")
        whole = portal.head("GET", "/health") + b"\r\n"
        visitor = portal.come()
        while visitor.send(whole).read() != 200:
            visitor = portal.come()
        visitor.send(whole[:-2]).wait_for_end()


async def test_the_rest_of_a_body_that_was_answered_already_is_not_waited_for(url: str) -> None:
    async with start_portal(url, HEAD_S=1) as portal:
        visitor = portal.come().send(portal.head("POST", "/sign-out", Content_Length=30_000_000) + b"\r\n")
        assert visitor.read() in (303, 413)
        visitor.socket.settimeout(0.05)

        async def ends() -> bool:
            visitor.send(b"x")
            try:
                return not visitor.socket.recv(65536)
            except TimeoutError:
                return False
            except ConnectionError:
                return True

        await until(ends, "the end of the connection")


async def test_half_bodies_of_one_address_keep_no_other_out(url: str) -> None:
    async with start_portal(url, BODY_S=NEVER) as portal:
        first = half_bodies(portal, "/check/paper", ALLOWED // 2)
        first += half_bodies(portal, "/sign-in", ALLOWED // 2)
        assert {visitor.read() for visitor in half_bodies(portal, "/sign-in", MANY)} == {503}
        assert portal.ask("/sign-in", ELSEWHERE) == 200
        first[0].close()
        await portal.until_asked("/sign-in", HERE)


async def test_half_bodies_of_strangers_end_and_what_somebody_sends_slowly_arrives(url: str) -> None:
    token = await session_of(url, "officer-1")
    async with start_portal(url, BODY_S=SOON) as portal:
        fields = {"form_token": form_token(token), "code": "0" * 5000}
        head, body = portal.form("/check/paper", fields, Cookie=f"{SESSION}={token}", Accept_Language="en")
        slow = portal.come().send(head + body[:100])
        for path in ("/check/paper", "/sign-in", "/sign-out"):
            (stalled,) = half_bodies(portal, path, 1)
            assert stalled.read() == 408, path
            stalled.wait_for_end()
        ask = {"Content_Type": "application/json", "Content_Length": 50}
        program = portal.come().send(portal.head("POST", "/api/v1/sessions", **ask) + b"\r\n{")
        assert program.read() == 408
        # A paper is missing, which the portal knows when the form is whole.
        assert slow.send(body[100:]).read() == 422


async def test_who_does_not_read_is_closed(url: str) -> None:
    async with start_portal(url, UNREAD_S=SOON) as portal:
        asked = portal.head("GET", "/api/v1/openapi.json") + b"\r\n"
        visitor = portal.come()
        visitor.socket.settimeout(0.5)

        # Until as much was answered as the machine keeps for both of them; then the portal reads no more.
        async def ends() -> bool:
            try:
                visitor.socket.sendall(asked)
            except ConnectionError:
                return True
            except TimeoutError:
                pass
            return False

        await until(ends, "the end of the connection")


async def test_behind_a_server_addresses_are_those_that_it_names(url: str) -> None:
    async with start_portal(url, URL="https://selection.example", BODY_S=NEVER) as portal:
        one, other = {"X_Forwarded_For": "192.0.2.1"}, {"X_Forwarded_For": "192.0.2.2"}
        head, body = portal.form("/sign-in", {"next": "/tasks"}, **one)
        first = [portal.come().send(head + body[:5]) for _ in range(ALLOWED)]
        assert portal.come().send(head + body[:5]).read() == 503
        # Whoever sends nothing is shown pages: an office may have one address for all.
        assert portal.ask("/sign-in", **one) == 200
        assert portal.come().send(b"".join(portal.form("/sign-in", {"next": "/"}, **other))).read() == 403
        assert first[0].send(body[5:]).read() == 403


def list_answered(visitors: list[Visitor]) -> list[Visitor]:
    return [visitor for visitor in visitors if select.select([visitor.socket], [], [], 0)[0]]


async def test_strangers_of_many_networks_keep_no_page_and_nobody_who_is_signed_in_out(url: str) -> None:
    tokens = [await session_of(url, person) for person in ("officer-1", "expert-1")]
    async with start_portal(url, URL="https://selection.example", BODY_S=NEVER) as portal:
        networks = [{"X_Forwarded_For": f"192.0.2.{number}"} for number in range(5)]
        heads = [portal.form("/sign-in", {"next": "/tasks"}, **network) for network in networks]
        visitors = [portal.come().send(head + body[:5]) for head, body in heads for _ in range(ALLOWED)]

        async def are_refused() -> bool:
            return len(list_answered(visitors)) == len(visitors) - OF_STRANGERS

        await until(are_refused, "the answers to those that there is no room for")
        assert {visitor.read() for visitor in list_answered(visitors)} == {503}
        for path in ("/health", "/static/portal.css", "/sign-in"):
            assert portal.ask(path, **networks[0]) == 200, path
        # Of the very network of whoever sends so much, too.
        forms = [
            portal.form(
                "/check/paper",
                {"form_token": form_token(token)},
                Cookie=f"{SESSION}={token}",
                **networks[0],
            )
            for token in tokens
        ]
        for head, body in forms:
            assert portal.come().send(head + body).read() == 422
        own = [portal.come().send(forms[0][0] + forms[0][1][:5]) for _ in range(OF_A_PERSON + 1)]

        async def is_refused() -> bool:
            return len(list_answered(own)) == 1

        await until(is_refused, "the answer to the one too many of a person")
        assert list_answered(own)[0].read() == 503
        assert portal.come().send(b"".join(forms[1])).read() == 422
