"""Membership of the association that runs a cantine: at a free price, for a year, and never a condition for a meal.

A member is a name, and what stands for their contact. A guest with both is the member; with one of the two they may be,
which only a person can tell: couples share a contact, strangers share a name, and contacts change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from services.booking.domain.booking import Booking
from services.booking.domain.company import TITLES
from shared.text import plain

RENEWED_WITHIN = timedelta(days=60)  # before it lapses: a press that comes earlier is a slip of the finger
TAKEN_BACK_WITHIN = timedelta(days=1)  # at the door, after it was noted
KEPT_AFTER = timedelta(days=90)  # it lapsed: time enough to ask who has not come for a while
_COMPARED = 200  # characters of a name: some letters are many, once they are taken apart


@dataclass(frozen=True, kw_only=True)
class Membership:
    """Somebody is a member of a cantine's association, up to and with a local day (`until`); before it was last noted,
    until the day `before`. `email` and `phone` are marks of how they were reached: nobody can read them.
    """

    id: str
    cantine: str
    name: str = field(repr=False)
    email: str | None = None
    phone: str | None = None
    until: date
    before: date | None = None
    noted_at: datetime
    noted_by: str

    @property
    def known_as(self) -> str:
        """The name as it is compared."""
        return known_as(self.name)

    def lasts(self, today: date) -> bool:
        """Whether they are a member that day."""
        return today <= self.until

    def may_renew(self, today: date) -> bool:
        """Whether it is over, or soon is."""
        return today > self.until - RENEWED_WITHIN

    def may_be_taken_back(self, now: datetime) -> bool:
        """Whether it was noted a moment ago (UTC)."""
        return now < self.noted_at + TAKEN_BACK_WITHIN


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Somebody who may be a member: a name, and the marks that may stand for their address and number, the newest
    first; none where they have none of their own.
    """

    name: str = field(repr=False)
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def known_as(self) -> str:
        """The name as it is compared."""
        return known_as(self.name)

    @property
    def marks(self) -> tuple[str, ...]:
        """All of them."""
        return self.emails + self.phones

    def has_contact_of(self, one: Membership) -> bool:
        """Whether they are reached as this member is: also if neither is, and a name is all there is to go by."""
        if not self.marks:
            return one.email is None and one.phone is None
        return one.email in self.emails or one.phone in self.phones

    def seen(self, one: Membership) -> Membership:
        """This is their own: by what they gave now, and what they did not give now stays."""
        return replace(one, email=next(iter(self.emails), one.email), phone=next(iter(self.phones), one.phone))

    def recognised(self, one: Membership) -> Membership:
        """They are this member: from now on by the contact that they have, if they have one."""
        if not self.marks:
            return one
        return replace(one, email=next(iter(self.emails), None), phone=next(iter(self.phones), None))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a guest, today and now (UTC): their `own` membership, those of the same name (`namesakes`), and
    those with the same contact (`beside`). `reached` if they have a contact of their own; if not, those of the same
    name are also those that are over.
    """

    own: Membership | None
    namesakes: tuple[Membership, ...]
    beside: tuple[Membership, ...]
    reached: bool
    today: date
    now: datetime

    @property
    def is_member(self) -> bool:
        """Whether they are one today."""
        return self.own is not None and self.own.lasts(self.today)

    @property
    def may_be_noted(self) -> bool:
        """Whether they can become a member, or renew."""
        return self.own is None or self.own.may_renew(self.today)

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it was noted a moment ago."""
        return self.own is not None and self.own.may_be_taken_back(self.now)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Somebody who is forgotten, as they were known until an instant (UTC): whoever is reached by one of these marks;
    and by those of other contacts on their bookings (`beside`), which may be somebody else's, who bears one of the
    `names` there.
    """

    marks: frozenset[str]
    beside: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    until: datetime

    def was(self, one: Membership) -> bool:
        """Whether this member is forgotten with them."""
        reached = {one.email, one.phone}
        theirs = reached & self.marks or (one.known_as in self.names and reached & self.beside)
        return bool(theirs) and one.noted_at <= self.until


def known(who: Sought, some: Iterable[Membership], today: date, now: datetime) -> Known:
    """What these memberships say of somebody."""
    own, namesakes, beside = [], [], []
    for one in sorted(some, key=lambda one: (one.until, one.id), reverse=True):
        same_name, same_contact = one.known_as == who.known_as, who.has_contact_of(one)
        if same_name and same_contact:
            own.append(one)
        elif same_name and (one.lasts(today) or not who.marks):
            namesakes.append(one)
        elif same_contact and who.marks and one.lasts(today):
            beside.append(one)
    return Known(
        own=own[0] if own else None,
        namesakes=() if own else tuple(namesakes),
        beside=tuple(beside),
        reached=bool(who.marks),
        today=today,
        now=now,
    )


def noted(who: Sought, found: Known, *, new_id: str, cantine: str, by: str) -> Membership:
    """Somebody is a member for a year from today; for a year more from its end if that is to come, so that who is early
    loses no day.
    """
    now = found.now
    if found.own:
        return who.seen(renewed(found.own, found.today, now, by=by))
    until = a_year_after(found.today)
    return who.seen(Membership(id=new_id, cantine=cantine, name=who.name, until=until, noted_at=now, noted_by=by))


def renewed(one: Membership, today: date, now: datetime, *, by: str) -> Membership:
    """A member for a year more, from its end or, if that has passed, from today."""
    return replace(one, until=a_year_after(max(today, one.until)), before=one.until, noted_at=now, noted_by=by)


def known_as(name: str) -> str:
    """A name as it is compared: no titles, accents, capitals, order. Example: “Mme EXEMPLE, Zoé” is “exemple zoe”."""
    letters = plain(name)
    words = "".join(one if one.isalnum() or one == "." else " " for one in letters).split()
    kept = sorted(one.strip(".") for one in words if one not in TITLES and one.strip("."))
    return (" ".join(kept) or letters.strip())[:_COMPARED]


def may_say(booking: Booking, *, by_guest: bool) -> bool:
    """Whether who opens a booking's page may say that they are a member, or would like to be: nobody says it for
    somebody else, and nobody is asked at a first visit.
    """
    asked = not booking.newcomer or booking.membership
    return by_guest and booking.partner is None and asked


def ways_to(booking: Booking) -> tuple[str | None, str | None]:
    """The guest's own address and number; a proxy's are not theirs."""
    if booking.proxy is not None and booking.proxy.reached:
        return None, None
    return booking.contact.email, booking.contact.phone


def reached_by(booking: Booking) -> str:
    """The name of whose contact it is, as it is compared."""
    if booking.proxy is not None and booking.proxy.reached:
        return known_as(booking.proxy.name)
    return known_as(booking.contact.name or "")


def taken_back(one: Membership) -> Membership | None:
    """As it was before it was last noted, and not to be taken back once more; None: there was none."""
    if one.before is None:
        return None
    return replace(one, until=one.before, before=None, noted_at=one.noted_at - TAKEN_BACK_WITHIN)


def a_year_after(day: date) -> date:
    """The same day of the next year; of a 29 February the day before."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
