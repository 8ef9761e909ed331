"""What capacity gives one booking."""

from dataclasses import dataclass, field
from datetime import datetime

from services.capacity.domain.places import Needs, waits_for
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer, Standing, Why
from shared.copies import changed


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One booking's claim on a sitting. Capacity knows no more of a guest than this.

    `held` are the people who have seats, `wished` those who asked; they differ while somebody waits.
    `kept` are those for whom places are kept while an `offer` stands: who has one holds nothing yet. If several have
    the same, the places are kept with one of them.
    Claims with the same `group` are of bookings that share a contact. Of which `kind` a booking is, if not anybody's,
    says `allotments`. `meals_left` is what its partner may still have in the month, if that is `why` it was refused.
    `request_revision` is booking's revision that was applied last, `revision` capacity's own.
    """

    booking: str
    sitting: str
    request_revision: int = 0
    revision: int = 0
    standing: Standing = Standing.RELEASED
    held: Party = NOBODY
    wished: Party = NOBODY
    asked_at: datetime
    why: Why | None = None
    offer: Offer | None = None
    kept: Party = NOBODY
    group: str | None = field(default=None, repr=False)
    kind: str | None = None
    meals_left: int | None = None

    @property
    def people(self) -> int:
        """How many people have seats by this claim, or hope for them: the larger party, if both differ."""
        if self.standing in (Standing.RELEASED, Standing.REFUSED):
            return 0
        return max(self.held.seats, self.wished.seats)

    @property
    def more(self) -> int:
        """How many more people come if it gets what it wishes; as many fewer, if that is negative."""
        return self.wished.seats - self.held.seats

    @property
    def taken(self) -> Party:
        """The people whose places nobody else can have: those who hold them, or for whom they are kept."""
        return self.kept if self.offer else self.held

    @property
    def waits_for(self) -> Needs:
        """What this claim waits for; nothing, if it does not stand in line."""
        if self.standing is Standing.WAITLISTED or (self.standing is Standing.HELD and self.wished != self.held):
            return waits_for(self.held, self.wished)
        return frozenset()

    @property
    def size(self) -> int | None:
        """How much it takes to seat this claim, as one number, if it stands in line and holds no seat yet."""
        return self.wished.seats * 10_000 + self.wished.cooks if self.standing is Standing.WAITLISTED else None

    @property
    def place(self) -> tuple[datetime, str]:
        """The place in line: by the time of asking, then by the booking's id."""
        return self.asked_at, self.booking

    def seated(self, party: Party) -> "Claim":
        """The claim when all who wished have what they wished."""
        return changed(self, standing=Standing.HELD, held=party, wished=party, why=None, offer=None, kept=NOBODY)

    def in_line(self, party: Party, why: Why | None = None) -> "Claim":
        """The claim when it asks for more than it has: it keeps what it has until all of the party fit."""
        standing = Standing.HELD if self.held.seats else Standing.WAITLISTED
        return changed(self, standing=standing, wished=party, why=why, offer=None, kept=NOBODY)

    def offered(self, offer: Offer, kept: Party) -> "Claim":
        """The claim when its guest is asked whether they still want to come."""
        return changed(self, standing=Standing.OFFERED, why=None, offer=offer, kept=kept)

    def refused(self, why: Why) -> "Claim":
        """The claim when its wish cannot be met: a seat that is held stays held."""
        if self.held.seats:
            return changed(self, standing=Standing.HELD, wished=self.held, why=why)
        return changed(self, standing=Standing.REFUSED, why=why, offer=None, kept=NOBODY)

    def released(self) -> "Claim":
        """The claim when nobody of the party comes."""
        return changed(self, standing=Standing.RELEASED, held=NOBODY, wished=NOBODY, why=None, offer=None, kept=NOBODY)

    def ended(self, why: Why) -> "Claim":
        """The claim when the sitting takes place for nobody."""
        return changed(self, standing=Standing.REFUSED, held=NOBODY, why=why, offer=None, kept=NOBODY)
