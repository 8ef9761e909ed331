"""Secrets by which programs act for a member of staff, with whatever that person may do at that moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from shared.text import is_storable

MARK = "tablee_"  # so that whoever finds one knows what it opens
NAME_LENGTH = 60  # characters
MOST_TOKENS = 20  # of one person
USE_NOTED_EVERY = timedelta(minutes=1)


class UnnamedToken(Exception):
    """A token needs a name that tells its program from others."""


class TooManyTokens(Exception):
    """One person has as many tokens as one can keep in mind."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A secret that was shown once. Only its digest is kept: nobody can read it again, not even from a backup."""

    id: str
    staff: str
    name: str
    digest: str
    made_at: datetime
    last_used_at: datetime | None = None

    def is_use_worth_noting(self, now: datetime) -> bool:
        """Whether the last use that is known is old enough to be renewed."""
        return self.last_used_at is None or now - self.last_used_at >= USE_NOTED_EVERY


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so it needs neither salt nor a slow hash."""
    return sha256(secret.encode()).hexdigest()


def tidy_name(name: str) -> str:
    """The name of a token. Raises UnnamedToken."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH or not is_storable(name):
        raise UnnamedToken
    return name
