"""A provider of OpenID Connect on a port of this machine: Authlib's server, which asks for PKCE, over HTTP."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT = "urn:portal:1&2"
SECRET = "a-secret-with-signs:%+&"


@dataclass
class Client(ClientMixin):  # type: ignore[misc] # authlib has no types
    """The portal, as the provider knows it."""

    back: str

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.back

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """A code that was given out."""

    code: str
    person: str
    given: dict[str, str]
    at: float = field(default_factory=time.time)

    @property
    def code_challenge(self) -> str:
        return self.given["code_challenge"]

    @property
    def code_challenge_method(self) -> str:
        return self.given["code_challenge_method"]

    def get_redirect_uri(self) -> str:
        return self.given["redirect_uri"]

    def get_scope(self) -> str:
        return self.given["scope"]

    def get_nonce(self) -> str:
        return self.given["nonce"]

    def get_auth_time(self) -> int:
        return int(self.at)


@dataclass
class Provider:
    """What a test does with it: `person` is who sits at the browser; `change` alters what its tokens say.

    `listed` puts the nonce among others, `named` are other addresses that it tells, `keys_text` another text than its
    keys.
    """

    issuer: str = ""
    person: str = "nobody"
    change: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "now", "alg": "RS256", "use": "sig"})
    )
    signs_with: RSAKey | None = None
    listed: bool = False
    named: dict[str, str] = field(default_factory=dict)
    keys_text: str = ""
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def run_provider(back: str) -> Iterator[Provider]:
    """Serve a provider that knows the portal by the address to which it leads back."""
    provider, client = Provider(), Client(back)
    app = _app(provider, client)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _app(provider: Provider, client: Client) -> Flask:
    app = Flask("provider")
    server = AuthorizationServer(
        app, query_client=lambda name: client if name == CLIENT else None, save_token=_forget
    )
    server.register_grant(_grant_of(provider), [_Tokens(provider), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def discover() -> Response:
        provider.asked.append("discovery")
        named = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        ends = {name: f"{provider.issuer}/{path}" for name, path in named.items()}
        return jsonify({"issuer": provider.issuer, **ends, **provider.named})

    @app.get("/keys")
    def keys() -> Response:
        return Response(provider.keys_text) if provider.keys_text else jsonify(_list_keys(provider))

    @app.get("/authorize")
    def authorize() -> Any:
        if provider.person == "nobody":
            said = urlencode({"error": "access_denied", "state": request.args["state"]})
            return Response(status=302, headers={"location": f"{client.back}?{said}"})
        return server.create_authorization_response(
            grant=server.get_consent_grant(), grant_user=provider.person
        )

    @app.post("/token")
    def token() -> Any:
        provider.asked.append("token")
        return server.create_token_response()

    return app


def _list_keys(provider: Provider) -> dict[str, Any]:
    return dict(KeySet([provider.key]).as_dict(private=False))


def _forget(token: dict[str, Any], asked: Any) -> None:
    """Nobody here asks for anything by an access token."""


def _grant_of(provider: Provider) -> type:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012

        def save_authorization_code(self, code: str, asked: Any) -> None:
            provider.codes[code] = Code(code, asked.user, dict(request.args))

        def query_authorization_code(self, code: str, _client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            del provider.codes[code.code]

        def authenticate_user(self, code: Code) -> str:
            return code.person

    return Grant


class _Tokens(OpenIDCode):  # type: ignore[misc]
    """The ID tokens, signed by the provider's key unless a test says by which."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self._provider = provider

    def exists_nonce(self, nonce: str, asked: Any) -> bool:
        return False

    def encode_id_token(self, token: dict[str, Any], asked: Any) -> str:
        """Say who signed in, as the test would have it said."""
        code, now, provider = asked.authorization_code, int(time.time()), self._provider
        claims = {
            "iss": provider.issuer,
            "sub": code.person,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": ["of somebody else", code.get_nonce()] if provider.listed else code.get_nonce(),
        }
        key = provider.signs_with or provider.key
        return str(jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims | provider.change, key))
