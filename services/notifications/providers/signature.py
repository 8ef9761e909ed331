"""The signature of what is brought, as Standard Webhooks has it (standardwebhooks.com): the headers `webhook-id`,
`webhook-timestamp` (Unix seconds) and `webhook-signature`, one or more of `v1,` and the base64 of
HMAC-SHA256(secret, "id.timestamp.body"). The secret is taken by its characters.

What was signed long ago, or for long hence, does not hold: whoever listened in cannot bring it again for ever.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

HOLDS_FOR = 300  # seconds, before and after


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What the headers say."""

    id: str
    timestamp: str
    signatures: tuple[str, ...] = field(repr=False)

    @classmethod
    def read(cls, header: Callable[[str, str], str]) -> "Signed | None":
        """What they say, given how to ask for one with a default; None if nothing was signed."""
        signatures = tuple(header("webhook-signature", "").split())
        if not signatures:
            return None
        return cls(id=header("webhook-id", ""), timestamp=header("webhook-timestamp", ""), signatures=signatures)

    def holds(self, secrets: Iterable[str], body: bytes, now: float | None = None) -> bool:
        """Whether one of the secrets has signed this body, just now."""
        if not (self.timestamp.isascii() and self.timestamp.isdigit() and len(self.timestamp) < 12):
            return False
        if abs((time.time() if now is None else now) - int(self.timestamp)) > HOLDS_FOR:
            return False
        ours = [sign(secret, self.id, self.timestamp, body) for secret in secrets]
        theirs = [one.encode("utf-8", "replace") for one in self.signatures]
        same = [hmac.compare_digest(one.encode(), other) for one in ours for other in theirs]  # all are compared
        return any(same)


def sign(secret: str, id: str, timestamp: str, body: bytes) -> str:
    """The signature of a body."""
    signed = f"{id}.{timestamp}.".encode("utf-8", "replace") + body
    return "v1," + b64encode(hmac.new(secret.encode(), signed, sha256).digest()).decode()
