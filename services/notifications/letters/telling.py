"""What every letter to a guest is made from: the words for when, where and who, and the frame around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from urllib.parse import urlencode

import phonenumbers

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.letters.content import Content, Item
from services.notifications.letters.names import short_name
from shared.contracts.booking import BookingStatus, Origin
from shared.languages import Language


@dataclass(frozen=True)
class Telling:
    """What a letter to a guest is made from; `words` are those of a host. `first`: none before it was told; `changed`:
    the last before it told of a place, or for their `turn` of the waiting list; `was_at`: of this start (UTC). If it is
    `answerable`, an SMS may ask for an answer. `site` is where residents reach us, `ends_it` the address at which
    somebody ends letters of this kind, if they were not needed.
    """

    language: Language
    booking: Booking
    sitting: Sitting
    short_link: str
    words: str = field(default="", repr=False)
    first: bool = False
    changed: bool = False
    turn: bool = False
    was_at: datetime | None = None
    answerable: bool = False
    site: str = ""
    ends_it: str = field(default="", repr=False)

    def gettext(self, text: str, **values: object) -> str:
        """The text in the guest's language, with the names that every letter may use filled in."""
        return self.language.gettext(text, **self._names, **values)

    @property
    def when(self) -> str:
        """Day and time of the meal, in full."""
        return self.language.gettext(
            "%(day)s at %(time)s",
            day=self.language.day(self.sitting.date),
            time=self.language.clock(self.sitting.meal_starts),
        )

    @property
    def people(self) -> str:
        """How many come, and how many of them cook."""
        party = self.booking.party
        people = self.language.ngettext("%(num)d person", "%(num)d people", party.seats)
        if not party.cooks:
            return people
        cooks = (
            self.language.ngettext("%(num)d of them cooks", "%(num)d of them cook", party.cooks)
            if self.guest
            else self.language.ngettext("%(num)d of you cooks", "%(num)d of you cook", party.cooks)
        )
        return f"{people}, {cooks}" if party.seats > 1 or self.guest else self.gettext("you, and you cook with us")

    @property
    def alone(self) -> bool:
        """Whether nobody else comes along."""
        return self.booking.party.seats == 1

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """When, where, what, for whom and for how much."""
        sitting, _ = self.sitting, self.gettext
        facts = [(_("When"), self.when)]
        if self.booking.party.cooks:
            facts.append((_("In the kitchen"), _("from %(cooking)s")))
        facts += [(_("Where"), f"{sitting.cantine.name}, {sitting.cantine.address}")]
        if sitting.menu:
            facts.append((_("Menu"), sitting.menu))
        facts += [
            (_("For"), self.people),
            (_("Price"), _("pay what you can; a meal costs us %(price)s")),
        ]
        return tuple(facts)

    def letter(
        self,
        subject: str,
        *paragraphs: str,
        sms: str,
        link: str,
        asks: str = "",
        items: tuple[Item, ...] = (),
        facts: bool = True,
        notes: tuple[str, ...] = (),
    ) -> Content:
        """The letter around these words; its link leads to the booking's page, and to the question that this `asks`."""
        name = self.booking.proxy if self.booking.to_proxy else self.booking.name
        return Content(
            subject=self.for_guest(subject),
            greeting=self.language.gettext("Hello %(name)s,", name=name) if name else self.gettext("Hello,"),
            paragraphs=(*self.for_whom(to_guest=True), *self._who_booked, *paragraphs),
            facts=self.facts if facts else (),
            items=(*items, *self._skipping),
            link=(link, self.page(asks)),
            notes=(
                *notes,
                *self._how_to_refuse,
                self.gettext("A question? Reply to this e-mail, or call %(cantine)s: %(phone)s."),
            ),
            signature=self.gettext("Warmly, %(cantine)s"),
            sms=sms,
        )

    def page(self, asks: str = "") -> str:
        """The booking's own page as e-mails name it, beginning with the question that this `asks`. Who only opens it
        answers nothing.
        """
        link = self.booking.email_link or self.booking.link
        return f"{link}{'&' if '?' in link else '?'}{asks}=1" if asks else link

    @property
    def meals(self) -> str:
        """Where the next meals of the cantine are."""
        return f"{self.site}/?{urlencode({'cantine': self.sitting.cantine.slug, 'lang': self.booking.language})}"

    @property
    def cancelling(self) -> tuple[Item, ...]:
        """A link to cancel, for who has been asked whether they come; a usual place has its own."""
        if self.booking.origin is Origin.STANDING:
            return ()
        _ = self.gettext
        text = _("Tell us: your place will make somebody else happy.")
        return (Item(title=_("You cannot come after all?"), text=text, link=(_("No, I cancel"), self.page("cancel"))),)

    def sms_of_first(self, usual: str, *, by_team: str, by_proxy: str) -> str:
        """The SMS, of which the first says who booked, if others did for the guest."""
        if not self._booked_by_others:
            return usual
        return by_proxy if self.booking.proxy else by_team

    @property
    def _booked_by_others(self) -> bool:
        """Whether the guest has to be told who booked, and how to refuse; a proxy who reads it themself knows."""
        booking = self.booking
        return self.first and (booking.by_team or (booking.proxy is not None and not booking.to_proxy))

    @property
    def guest(self) -> str:
        """Of whom a letter to a proxy speaks, by name; "" if it is to the guest, or nobody knows their name."""
        return (self.booking.name or "") if self.booking.to_proxy else ""

    def for_whom(self, *, to_guest: bool) -> tuple[str, ...]:
        """What a proxy reads before the words `to_guest`, to be passed on, or else before those of the guest."""
        if not self.guest:
            return ()
        _, name = self.gettext, self.guest
        if to_guest:
            said = _(
                "We write to you about the booking that you made for %(name)s, to whom the words below are: please pass"
                " them on.",
                name=name,
            )
        else:
            said = _("We write to you about the booking that you made for %(name)s.", name=name)
        kept = self.gettext("For this booking we keep both your names, and your contact, until 90 days after the meal.")
        return (said, kept) if self.first else (said,)

    def for_guest(self, subject: str) -> str:
        """A subject, which to a proxy begins with whom it is for."""
        if not self.guest:
            return subject
        return self.gettext("For %(name)s: %(subject)s", name=self.guest, subject=subject[:1].lower() + subject[1:])

    @property
    def _who_booked(self) -> tuple[str, ...]:
        if not self._booked_by_others:
            return ()
        if self.booking.proxy:
            return (self.gettext("%(proxy)s booked this for you, and gave us your name and how to reach you."),)
        return (self.gettext("The team of %(cantine)s noted this booking for you, as we were asked by telephone."),)

    @property
    def _how_to_refuse(self) -> tuple[str, ...]:
        if not self._booked_by_others:
            return ()
        _ = self.gettext
        kept = _("For this booking we keep your name and how to reach you; both are forgotten 90 days after the meal.")
        if self.booking.status in {BookingStatus.CANCELLED, BookingStatus.REFUSED}:  # there is nothing left to cancel
            return (kept,)
        return (_("You did not want it? Cancel it on that page, without a reason, or call us."), kept)

    @property
    def _skipping(self) -> tuple[Item, ...]:
        """One link to skip this time, for who comes every week and has a place."""
        if self.booking.origin is not Origin.STANDING or self.booking.status is not BookingStatus.CONFIRMED:
            return ()
        _ = self.gettext
        text = _("Your usual place goes to others this time, and is there again next week.")
        return (Item(title=_("Not free this time?"), text=text, link=(_("Skip this time"), self.page("cancel"))),)

    @property
    def _until(self) -> dict[str, str]:
        """When an offer ends, on the cantine's clock: for an SMS, and in full."""
        if self.booking.offer_until is None:
            return dict.fromkeys(("until", "until_day", "until_time"), "")
        ends = self.booking.offer_until.astimezone(self.sitting.zone)
        day, clock, short_day = self.language.day(ends), self.language.clock(ends), self.language.short_day(ends)
        short = self.language.gettext("%(short_day)s %(time)s", short_day=short_day, time=clock)
        return {"until": short, "until_day": day, "until_time": clock}

    @property
    def changes_day(self) -> bool:
        """Whether the meal is on another day than its guest was told."""
        return self.was_at is not None and self.was_at.astimezone(self.sitting.zone).date() != self.sitting.date

    @property
    def _before(self) -> dict[str, str]:
        """When the meal was to be, on the cantine's clock: in full, and for an SMS."""
        if self.was_at is None:
            return dict.fromkeys(("old_day", "old_short_day", "old_time"), "")
        was, language = self.was_at.astimezone(self.sitting.zone), self.language
        return {
            "old_day": language.day(was),
            "old_short_day": language.short_day(was),
            "old_time": language.clock(was),
        }

    @cached_property
    def _names(self) -> Mapping[str, object]:
        sitting, language = self.sitting, self.language
        return {
            "cantine": sitting.cantine.name,
            "phone": readable(sitting.cantine.phone),
            "day": language.day(sitting.date),
            "short_day": language.short_day(sitting.date),
            "time": language.clock(sitting.meal_starts),
            "cooking": language.clock(sitting.cooking_starts),
            "price": language.euros(sitting.break_even_price),
            "link": self.short_link,
            "count": self.booking.party.seats,
            "proxy": self.booking.proxy or "",
            "short_proxy": short_name(self.booking.proxy or ""),
            "guest": self.guest,
            **self._until,
            **self._before,
        }


@lru_cache(1024)  # a network has few canteens
def readable(phone: str) -> str:
    """A telephone number as people write it: +33639980001 is 06 39 98 00 01."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    style = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(number, style.NATIONAL if number.country_code == 33 else style.INTERNATIONAL)
    return written.replace(" ", "\N{NO-BREAK SPACE}")
