"""What people are written without having asked for it: each kind ends with one click of whoever receives it.

The link for that stands in the header of each such e-mail (RFC 8058), where programs find it, and it ends just that.
"""

from dataclasses import dataclass
from enum import StrEnum

UNSUBSCRIBE = "unsubscribe"  # the purpose for which its link is signed


class Solicitation(StrEnum):
    """What can be ended."""

    COOK_CALLS = "cook_calls"
    THANKS = "thanks"


@dataclass(frozen=True, kw_only=True)
class Unsubscription:
    """A person, or the guest of a booking (by id), wants no more of this."""

    what: Solicitation
    who: str

    def __str__(self) -> str:
        return f"{self.what}:{self.who}"

    @classmethod
    def read(cls, text: str) -> "Unsubscription":
        """What was signed. Raises ValueError for what is known no more."""
        what, _colon, who = text.partition(":")
        return cls(what=Solicitation(what), who=who)
