"""Something that is done once, however often it is sent."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Once:
    """A key, and a fingerprint of what was sent with it: the same key with other details is a mistake."""

    key: str
    fingerprint: str


def once(source: str, key: str, *details: object) -> Once:
    """The `Once` of a key that came from a source ("form", "api"), which may hold anything, with what was sent."""
    return Once(key=_digest(source, key), fingerprint=_digest(*details))


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()
