"""What the law wants said of who runs the site, as the network's settings tell; None where they do not."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Legal:
    """Who publishes the site, who answers for what it says, who hosts it; and the percent of the criteria of the RGAA
    that an audit by `auditor` found to be met, if there was one.
    """

    publisher: str | None = None
    address: str | None = None
    director: str | None = None
    contact: str | None = None
    host: str | None = None
    rate: int | None = None
    auditor: str | None = None

    @property
    def complete(self) -> bool:
        """Whether a legal notice can say all that it must."""
        return all((self.publisher, self.address, self.director, self.contact, self.host))


UNTOLD = Legal()


class Conformity(StrEnum):
    """How a site may be called by the RGAA: without an audit it is not conforming."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_AUDITED = "not_audited"


def conformity(rate: int | None) -> Conformity:
    """How a site is called of which so many percent of the criteria are met."""
    if rate is None:
        return Conformity.NOT_AUDITED
    if rate == 100:
        return Conformity.FULL
    return Conformity.PARTIAL if rate >= 50 else Conformity.NONE
