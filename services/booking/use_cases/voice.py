"""How booking says how a booking stands: the wish to capacity, the rest to notifications; and of persons."""

from collections.abc import Sequence
from datetime import datetime

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.cook_calls import Ask
from services.booking.domain.guest_links import GuestLink as Asked
from services.booking.domain.held import Held
from services.booking.domain.persons import Person
from services.booking.domain.standing import as_told, is_asked_for_patience
from services.booking.domain.usual import News, Usual
from shared.contracts.booking import BookingNotice
from shared.contracts.guest_link import MINE, GuestLink
from shared.contracts.person import AskedToCook, PersonNotice, StandingNews
from shared.contracts.seats import SeatsRequest
from shared.languages import DEFAULT
from shared.links import Links
from shared.messaging.service import UnitOfWork

PURPOSE = "booking"  # of the secret in a booking's link
LETTER = "letter"  # of the one in a letter about it, whichever way that went
EMAIL = "letter_by_email"  # of the one beside it in an e-mail: who comes by it reads that mailbox
USUAL = "usual"  # of the one in a letter about a usual place
GROUP = "group"  # of what stands for a contact where guests are unknown
PARTNER = "partner"  # of the one at which a partner books
COOK_CALL = "cook_call"  # of the one in a call for cooks
HELD = "held"  # of the address of a request that waits to be confirmed
CONFIRM = "confirm"  # of the one in the letter by which it is


class Voice:
    """Knows how to name a booking's own page in the letters to its guest."""

    def __init__(self, links: Links, public_url: str) -> None:
        self._links = links
        self._public_url = public_url

    def address(self, token: str) -> str:
        """The address of a booking's own page."""
        return f"{self._public_url}/b/{token}"

    def say_wish(self, work: UnitOfWork, booking: Booking) -> None:
        """Tell capacity the whole wish; of its guest no more than whether others share their contact."""
        shared = booking.contact.shared
        work.say(
            SeatsRequest(
                thing=booking.id,
                revision=booking.revision,
                sitting=booking.sitting,
                party=booking.wish,
                asked_at=booking.asked_at,
                last_answer=booking.kept_answer,
                reply=booking.reply,
                group=self._links.mark(GROUP, shared) if shared else None,
                newcomer=booking.newcomer,
                allotment=booking.partner,
            )
        )

    def say_notice(self, work: UnitOfWork, booking: Booking) -> None:
        """Tell notifications how the booking stands."""
        now, contact = as_told(booking), booking.contact_to_tell
        link = f"{self.address(self._links.sign(LETTER, booking.id))}?lang={contact.language}"
        work.say(
            BookingNotice(
                thing=booking.id,
                revision=booking.notice_revision,
                sitting=booking.sitting,
                status=now.status,
                party=now.party,
                news=booking.news,
                why=now.why,
                name=contact.name,
                email=contact.email,
                phone=contact.phone_to_write_to,
                language=contact.language,
                link=link,
                email_link=f"{link}&by={self._links.sign(EMAIL, booking.id)}" if contact.email else None,
                offer_until=now.offer.until if now.offer else None,
                origin=booking.origin,
                by_team=booking.booked_by is not None,
                by_sms=booking.preferences.by_sms,
                reminders=booking.preferences.reminders,
                quiet=booking.preferences.quiet,
                morning_sms=booking.preferences.morning_sms,
                erased=booking.erased,
                unanswered=is_asked_for_patience(booking),
                attended=booking.attended,
                proxy=booking.proxy.name if booking.proxy else None,
                to_proxy=booking.proxy is not None and booking.proxy.reached,
            )
        )

    def say_person(
        self, work: UnitOfWork, person: Person, asks: Sequence[tuple[Ask, datetime]], news: Sequence[News]
    ) -> None:
        """Tell notifications of a person, what they are asked, each with the instant until which it is, and what they
        should know of their usual places.
        """
        contact = person.contact
        work.say(
            PersonNotice(
                thing=person.id,
                revision=person.revision,
                name=contact.name,
                email=contact.email,
                phone=contact.phone,
                language=contact.language,
                asked=tuple(
                    AskedToCook(sitting=ask.sitting, call=ask.call, until=until, link=self._call_link(person, ask))
                    for ask, until in asks
                ),
                news=tuple(
                    StandingNews(
                        standing=one.usual.id,
                        what=one.what,
                        once_for=one.once_for,
                        cantine=one.cantine,
                        weekday=one.usual.weekday,
                        day=one.day,
                        link=f"{self.usual_page(one.usual)}?lang={contact.language}",
                    )
                    for one in news
                ),
            )
        )

    def say_former_person(self, work: UnitOfWork, person_id: str, revision: int) -> None:
        """Tell notifications that a person has ended."""
        work.say(
            PersonNotice(
                thing=person_id, revision=revision, name=None, email=None, phone=None, language=DEFAULT, ended=True
            )
        )

    def say_link(self, work: UnitOfWork, asked: Asked, way: Contact, valid_until: datetime) -> None:
        """Have the link to their own page sent to somebody who asked for it."""
        link = f"{self._public_url}/my/{self._links.sign(MINE, asked.id)}"
        work.say(_link_sent(work, asked.id, way, link, valid_until))

    def say_question(self, work: UnitOfWork, held: Held, way: Contact) -> None:
        """Have whoever a request names asked whether it is theirs."""
        link = f"{self._public_url}/confirm/{self._links.sign(CONFIRM, held.id)}?lang={way.language}"
        work.say(_link_sent(work, held.id, way, link, held.valid_until, confirms=True))

    def usual_page(self, usual: Usual) -> str:
        """The address at which a usual place is resumed or ended."""
        return f"{self._public_url}/usual/{self._links.sign(USUAL, usual.id)}"

    def _call_link(self, person: Person, ask: Ask) -> str:
        token = self._links.sign(COOK_CALL, f"{person.id} {ask.sitting}")
        return f"{self._public_url}/cook/{token}?lang={person.contact.language}"


def _link_sent(
    work: UnitOfWork, thing: str, way: Contact, link: str, valid_until: datetime, *, confirms: bool = False
) -> GuestLink:
    return GuestLink(
        thing=thing,
        revision=work.next_revision(),
        email=way.email,
        phone=way.phone,
        language=way.language,
        link=link,
        valid_until=valid_until,
        confirms=confirms,
    )
