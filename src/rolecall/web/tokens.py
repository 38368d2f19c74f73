"""Signed tokens: JSON Web Tokens (HS256) for one audience and a limited time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_ALGORITHM = "HS256"


class TokenRefused(Exception):
    """The token is not ours, was changed, is for another audience, or has expired."""


class TokenExpired(TokenRefused):
    """The token is ours and for this audience, but its time is over. `claims` may be used for nothing that matters."""

    def __init__(self, claims: dict[str, Any]) -> None:
        super().__init__()
        self.claims = claims


class Signer:
    """Signs claims and reads them back. `key` is 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = OctKey.import_key(key)

    def sign(self, claims: Mapping[str, Any], *, audience: str, now: datetime, lives: timedelta) -> str:
        """A token for one audience that expires `lives` from now."""
        issued = int(now.timestamp())
        body = {**claims, "aud": audience, "iat": issued, "exp": issued + int(lives.total_seconds())}
        return jwt.encode({"alg": _ALGORITHM}, body, self._key, algorithms=[_ALGORITHM])

    def read(self, token: str, *, audience: str, now: datetime) -> dict[str, Any]:
        """The claims of a token. Raises TokenRefused; TokenExpired when nothing but its age is wrong."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
        except (JoseError, ValueError, TypeError) as error:
            raise TokenRefused from error
        if claims.get("aud") != audience or not isinstance(claims.get("exp"), int):
            raise TokenRefused
        if claims["exp"] <= now.timestamp():
            raise TokenExpired(claims)
        return claims
