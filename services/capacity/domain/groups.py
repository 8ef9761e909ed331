"""Groups: the bookings of a sitting that share a contact or a partner, and how many people they are together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Kitchen

Shared = tuple[str, str]  # what bookings have in common: a contact or a partner, and which


class Groups:
    """How many people come to a sitting together, by booking."""

    def __init__(self, claims: Iterable[Claim], kitchen: Kitchen) -> None:
        self._kitchen = kitchen
        self._shared: dict[str, tuple[Shared, ...]] = {}
        self._people: defaultdict[Shared, dict[str, int]] = defaultdict(dict)
        for claim in claims:
            self.note(claim)

    def note(self, claim: Claim) -> None:
        """A claim is now like this."""
        for one in self._shared.pop(claim.booking, ()):
            del self._people[one][claim.booking]
        if shared := tuple(self._of(claim)):
            self._shared[claim.booking] = shared
            for one in shared:
                self._people[one][claim.booking] = claim.people

    def with_(self, claim: Claim) -> int:
        """How many people the group of a claim has, if its party becomes what it wishes: all who share its contact, and
        all who share its partner.
        """
        others: dict[str, int] = {}
        for one in self._of(claim):
            others |= self._people[one]
        others.pop(claim.booking, None)
        return claim.wished.seats + sum(others.values())

    def _of(self, claim: Claim) -> Iterator[Shared]:
        if claim.group:
            yield "contact", claim.group
        if partner := self._kitchen.partner(claim.kind):
            yield "partner", partner.id
