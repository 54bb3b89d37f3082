"""Headers of every answer: nothing but our own files, nothing kept, nothing told to others."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        # Drafts are saved as one types.
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Of a file that somebody stored: should it be shown all the same, it is a page of nobody's and runs nothing."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), "
    "microphone=(), geolocation=()",
}
NOT_KEPT = "no-store"
BY_TLS = "max-age=31536000"


class SafeHeaders:
    """Puts them on whatever is answered; a page that says nothing of being kept is not."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": BY_TLS} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers; what broke before it answered is answered here, and raised for the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_safely(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if "content-disposition" in headers:
                    headers["Content-Security-Policy"] = FILE_POLICY
                headers.setdefault("Cache-Control", NOT_KEPT)
            await send(message)

        try:
            await self._app(scope, receive, send_safely)
        except Exception:
            if not begun:
                answer = PlainTextResponse("broken\n", HTTPStatus.INTERNAL_SERVER_ERROR)
                await answer(scope, receive, send_safely)
            raise
