"""Links that carry a secret: signed, bound to one purpose, verified with any of the keys (so keys can be rotated)."""

import hmac
from hashlib import sha256

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer


class ForgedLink(Exception):
    """This link was not made by us."""


class StaleLink(Exception):
    """This link was good, but its time has passed."""


class Links:
    """Signs and reads the tokens in secret links."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        self._keys = list(reversed(secret_keys))  # itsdangerous signs with the last and verifies with all
        self._serializers: dict[str, URLSafeTimedSerializer] = {}

    def sign(self, purpose: str, value: str) -> str:
        """A token that only we can make, for one purpose (such as "booking")."""
        token = self._serializer(purpose).dumps(value)
        return token if isinstance(token, str) else token.decode()

    def read(self, purpose: str, token: str, max_age: int | None = None) -> str:
        """The value in a token; `max_age` in seconds. Raises ForgedLink or StaleLink."""
        try:
            value = self._serializer(purpose).loads(token, max_age=max_age)
        except SignatureExpired as error:
            raise StaleLink from error
        except BadSignature as error:
            raise ForgedLink from error
        if not isinstance(value, str):
            raise ForgedLink
        return value

    def mark(self, purpose: str, value: str) -> str:
        """What stands for a value where nobody may know it: always the same, until there is a newer key."""
        return _mark(self._keys[-1], purpose, value)

    def marks(self, purpose: str, value: str) -> tuple[str, ...]:
        """What stands for a value, or has stood for it under one of the older keys: the newest first."""
        return tuple(_mark(key, purpose, value) for key in reversed(self._keys))

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        if purpose not in self._serializers:
            self._serializers[purpose] = URLSafeTimedSerializer(self._keys, salt=f"tablee.{purpose}")
        return self._serializers[purpose]


def _mark(key: str, purpose: str, value: str) -> str:
    return hmac.new(key.encode(), f"tablee.{purpose} {value}".encode(), sha256).hexdigest()
