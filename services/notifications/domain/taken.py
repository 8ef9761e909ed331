"""A letter in a sender's hands, with all that it is written from."""

from dataclasses import dataclass
from datetime import datetime

from services.notifications.domain.alerts import News
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import Channel, Letter
from services.notifications.domain.persons import Asked, Person


@dataclass(frozen=True)
class Taken:
    """A letter in this sender's hands, with what it tells of; `words` are those of a host.

    Of the letters of its booking, `invited`: one may have put the meal into the guest's calendar; `first`: none was
    told yet; `changed`: the last that told how it stands told of a place, or for their `turn` of the waiting list;
    `was_at`: the last that told when the meal is told of this start (UTC).
    """

    letter: Letter
    booking: Booking | None
    sitting: Sitting | None
    news: tuple[News, ...] = ()
    words: str = ""
    person: Person | None = None
    asked: Asked | None = None
    invited: bool = False
    first: bool = False
    changed: bool = False
    turn: bool = False
    was_at: datetime | None = None

    @property
    def address(self) -> str:
        """The e-mail address or the number that it goes to; "" if none is known."""
        way = "email" if self.letter.channel is Channel.EMAIL else "phone"
        reader = self.booking or self.person
        return str((getattr(reader, way) if reader else self.letter.facts.get(way)) or "")
