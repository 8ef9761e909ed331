"""Who is asked: each offer with the bookings that have it. Mostly one; several where the first yes wins."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from services.capacity.domain.claims import Claim
from services.capacity.domain.offers import AT_ONCE, WORTH_ASKING
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer


class Asked:
    """The claims with an offer, by offer. `claims` is kept by somebody else, and read here. Who has another `pool` of
    seats shares no offer.
    """

    def __init__(self, claims: Mapping[str, Claim], pool: Callable[[str | None], str | None]) -> None:
        self._claims = claims
        self._pool = pool
        self._bookings: dict[Offer, set[str]] = {}
        for claim in claims.values():
            self.note(None, claim)

    def note(self, before: Claim | None, after: Claim) -> None:
        """A claim is no longer as before."""
        if before and before.offer:
            self._bookings[before.offer].discard(before.booking)
        if after.offer:
            self._bookings.setdefault(after.offer, set()).add(after.booking)

    def who_have(self, offer: Offer) -> list[Claim]:
        """The claims with this offer, in order of the line."""
        found = (self._claims[booking] for booking in self._bookings.get(offer, ()))
        return sorted(found, key=lambda claim: claim.place)

    def with_room_for(self, claim: Claim, now: datetime) -> Offer | None:
        """The offer that ends first of those that a claim can share: with places for its party, and time to answer."""
        return min(self._open_to(claim, now), key=lambda offer: (offer.until, offer.id), default=None)

    def _open_to(self, claim: Claim, now: datetime) -> Iterator[Offer]:
        for offer in self._bookings:
            asked = self.who_have(offer)
            kept = largest(one.kept for one in asked)
            alike = all(self._pool(one.kind) == self._pool(claim.kind) for one in asked)
            fits = alike and claim.wished.seats <= kept.seats and claim.wished.cooks <= kept.cooks
            if fits and len(asked) < AT_ONCE and offer.until - now >= WORTH_ASKING:
                yield offer


def largest(parties: Iterable[Party]) -> Party:
    """As many seats and as many cook places as are enough for each of these parties, if only one of them comes."""
    parties = list(parties)
    if not parties:
        return NOBODY
    cooks = max(party.cooks for party in parties)
    return Party(cooks=cooks, eaters=max(party.seats for party in parties) - cooks)
