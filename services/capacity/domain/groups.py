"""Groups: the bookings of a sitting that share a contact, and how many people they are together."""

from collections import defaultdict
from collections.abc import Iterable

from services.capacity.domain.claims import Claim


class Groups:
    """How many people each group has at a sitting, by booking."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._group: dict[str, str] = {}
        self._people: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for claim in claims:
            self.note(claim)

    def note(self, claim: Claim) -> None:
        """A claim is now like this."""
        if before := self._group.pop(claim.booking, None):
            del self._people[before][claim.booking]
        if claim.group:
            self._group[claim.booking] = claim.group
            self._people[claim.group][claim.booking] = claim.people

    def with_(self, claim: Claim) -> int:
        """How many people the group of a claim has, if its party becomes what it wishes."""
        if claim.group is None:
            return claim.wished.seats
        others = self._people[claim.group]
        return claim.wished.seats + sum(people for booking, people in others.items() if booking != claim.booking)
