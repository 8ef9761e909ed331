"""What is handed to a provider, and what can become of it."""

from dataclasses import dataclass, field

from services.notifications.domain.letter import Channel
from services.notifications.domain.receipts import Delivery

CALENDAR_FILE = "tablee.ics"  # its name, where it has one


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """An iCalendar file, and what a calendar program is to do with it ("REQUEST" or "CANCEL")."""

    method: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A letter as it leaves: written, and addressed. An SMS has neither subject nor HTML.

    `key` is the same at every attempt, so a provider that honours keys sends it once. A `solicitation` is no news of
    what somebody has booked: the law sets its hours, and an e-mail says in its header by which address a program that
    posts there ends them (`unsubscribe`). Only an e-mail brings a `calendar` along.
    """

    key: str
    channel: Channel
    to: str = field(repr=False)
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    sender_name: str = ""
    reply_to: str | None = field(default=None, repr=False)
    solicitation: bool = False
    unsubscribe: str = field(default="", repr=False)
    calendar: CalendarFile | None = None


@dataclass(frozen=True)
class Accepted:
    """The provider has it. `ref` is its own name for it ("": it knows it by ours), `by` which of several it is.

    An SMS is paid as so many `parts`, and has its `cost` (in ten-thousandths of a euro; 0 where no price is set).
    """

    ref: str = ""
    by: str = ""
    parts: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Refused:
    """The provider will never take it. Reasons hold no personal data. `told`: what that tells of the address, as a
    receipt would; None, if the fault is ours.
    """

    reason: str
    told: Delivery | None = None


@dataclass(frozen=True)
class NotNow:
    """The provider certainly did not take it, but may later. `told`: what it tells of the address, if it never does."""

    reason: str
    told: Delivery | None = None


@dataclass(frozen=True)
class Unknown:
    """The provider may or may not have taken it."""

    reason: str


Outcome = Accepted | Refused | NotNow | Unknown
