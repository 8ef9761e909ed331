"""What notifications knows of a booking and of its sitting, as last heard."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from services.notifications.domain.letter import Channel
from shared.contracts.booking import Attended, BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import Cantine, SittingStatus


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One party at one sitting, and how to reach its guest. `short_code` is the secret in the short link of an SMS,
    which leads to `link`; e-mails carry the `email_link`, which no SMS may.

    `unanswered`: its guest should hear that the answer takes a while. Until `offer_until` (UTC) places are kept for a
    guest, who is asked. `by_team`: the cantine's team booked for them; or a `proxy` did, by name, to whom letters go
    if `to_proxy`. `by_sms`, `reminders`, `morning_sms` and `quiet`
    are what the guest prefers; whether they `attended` is known of who wished for a word about it. By the channels that
    are `lost` no letter goes to them: they said STOP, or it comes back.
    """

    id: str
    sitting: str
    status: BookingStatus
    party: Party
    news: int
    why: Why | None
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    link: str = field(repr=False)
    short_code: str = field(repr=False)
    email_link: str | None = field(default=None, repr=False)
    offer_until: datetime | None = None
    origin: Origin = Origin.GUEST
    by_team: bool = False
    by_sms: bool = False
    reminders: bool = True
    quiet: bool = False
    morning_sms: bool = False
    unanswered: bool = False
    attended: Attended | None = None
    proxy: str | None = field(default=None, repr=False)
    to_proxy: bool = False
    lost: frozenset[Channel] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One dated meal. Date and times of day are local to the cantine; `starts_at` (of the meal) is UTC.

    `replanned` is capacity's revision at which its day, its times or its fate last changed.
    """

    id: str
    cantine: Cantine
    date: date
    cooking_starts: time
    meal_starts: time
    starts_at: datetime
    status: SittingStatus
    menu: str
    break_even_price: int
    replanned: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """The cantine's time zone."""
        return ZoneInfo(self.cantine.zone)

    @property
    def cancelled(self) -> bool:
        """Whether the cantine has called the meal off."""
        return self.status is SittingStatus.CANCELLED

    def plans_like(self, other: "Sitting") -> bool:
        """Whether every letter is planned alike for both: seats and menus change often, plans seldom."""
        return self._when == other._when and self._reminded == other._reminded

    def takes_place_like(self, other: "Sitting") -> bool:
        """Whether both say the same of when and whether the meal is."""
        return self._when == other._when

    @property
    def _when(self) -> tuple[object, ...]:
        return self.cancelled, self.starts_at, self.date, self.cooking_starts, self.cantine.zone

    @property
    def _reminded(self) -> tuple[object, ...]:
        cantine = self.cantine
        return cantine.reminder_days, cantine.reminder_at, cantine.morning_sms, cantine.thanks
