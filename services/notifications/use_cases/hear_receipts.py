"""What providers tell of letters: kept before they are told that it was received, and applied a moment later.

A receipt may overtake what the sender is about to keep, so one of an unknown letter is looked at again for an hour. One
by one, each in a transaction of its own: its fate, and what is tried instead, come together or not at all.
"""

from collections.abc import Mapping

from services.notifications.domain.contacts import came_back
from services.notifications.domain.facts import Booking
from services.notifications.domain.letter import Channel, Letter, LetterState
from services.notifications.domain.once_more import silent_until
from services.notifications.domain.other_way import other_way, reader_of, readers_of, unread_since
from services.notifications.domain.receipts import Delivery, DeliveryReceipt, is_early, look_again_at, told_by
from services.notifications.domain.solicitations import Solicitation, Unsubscription
from services.notifications.store import facts, host_messages, letters, persons, receipts
from services.notifications.use_cases.reach import change_marked, load_bookings
from services.notifications.use_cases.unsubscribe import unsubscribe_in
from shared.contracts.reply import CONTACT
from shared.database import is_transient
from shared.links import Links
from shared.logs import get_logger, set_correlation
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)


def receive_receipt(service: Service, provider: str, *, ref: str, name: str, delivery: Delivery, detail: str) -> None:
    """Keep what a provider told of a letter that it calls `ref`, or that it knows by our `name`."""
    with service.work() as work:
        receipts.add(work.conn, provider=provider, ref=ref, name=name, delivery=delivery, detail=detail, now=work.now)


def hear_receipts(service: Service, links: Links) -> int:
    """Apply all receipts whose letters are known. One that cannot be is left out. Returns how many were looked at."""
    looked_at = 0
    while True:
        receipt: DeliveryReceipt | None = None
        try:
            with service.work() as work:
                receipt = receipts.take(work.conn, work.now)
                if receipt is None:
                    return looked_at
                tried = _hear(work, links, receipt)
        except Exception as error:
            if receipt is None or is_transient(error):
                raise
            log.exception("A receipt could not be applied: it is left out.", error=type(error).__name__)
            with service.work() as work:
                receipts.forget(work.conn, receipt.number)
            tried = False
        if tried:
            service.bell.ring()
        looked_at += 1


def _hear(work: UnitOfWork, links: Links, receipt: DeliveryReceipt) -> bool:
    """Whether another letter leaves instead."""
    found = receipts.lock_letter(work.conn, receipt)
    if found is None or is_early(found[0], work.now):
        again = look_again_at(receipt, work.now)
        if again:
            receipts.look_again(work.conn, receipt.number, again)
        else:
            receipts.forget(work.conn, receipt.number)
            log.info("A receipt tells of no letter that we know.", provider=receipt.provider)
        return False
    receipts.forget(work.conn, receipt.number)
    letter, addressee = found
    told = told_by(receipt, letter)
    if told == letter:
        if receipt.delivery is Delivery.DEAD:
            _note_lost(work, links, receipt, letter, addressee)
        return False
    receipts.keep_fate(work.conn, told)
    if not told.waits:
        letters.forget_secrets(work.conn, [told])
    set_correlation(letter.correlation)
    log.info("A receipt came.", kind=letter.kind, channel=letter.channel, delivery=receipt.delivery)
    set_correlation(None)
    if told.state is LetterState.COMPLAINED:
        _no_more(work, links, letter)
    if told.state is LetterState.RETURNED:
        _note_lost(work, links, receipt, letter, addressee)
        # where nobody knows any more whither it went, another way may be the same
        return addressee is not None and _another_way(work, links, letter)
    return False


def _note_lost(work: UnitOfWork, links: Links, receipt: DeliveryReceipt, letter: Letter, addressee: str | None) -> None:
    """No letter goes there for a while; what it said was not read."""
    if addressee is None or not letter.attempts:
        return
    reader = reader_of(letter, load_bookings(work.conn, links, readers_of(letter)))
    sitting = facts.load_sittings(work.conn, [letter.sitting or ""]).get(letter.sitting or "")
    until = silent_until(letter, receipt.delivery, receipt.received_at, sitting)
    words = host_messages.load(work.conn, [str(letter.facts["message"])]) if "message" in letter.facts else {}
    written_at = next((one.written_at for one in words.values()), None)
    since = unread_since(letter, reader, sitting, written_at)
    ways = [way for way in (reader.email, reader.phone) if way] if reader else []
    theirs = (links.marks(CONTACT, way.casefold()) for way in ways)
    marks = next((marks for marks in theirs if addressee in marks), [addressee])  # whatever key it left with
    change_marked(work, marks, lambda one: came_back(one, since, until), also=addressee)


def _another_way(work: UnitOfWork, links: Links, letter: Letter) -> bool:
    """It goes another way, if there is one. Whether there is."""
    reader = reader_of(letter, load_bookings(work.conn, links, readers_of(letter)))
    sitting = facts.load_sittings(work.conn, [letter.sitting or ""]).get(letter.sitting or "")
    instead = other_way(letter, reader, sitting, work.now)
    letters.write_once(work.conn, [instead] if instead else [])
    return instead is not None


def _no_more(work: UnitOfWork, links: Links, letter: Letter) -> None:
    """Who calls a letter spam gets no more solicitations, whatever letter it was."""
    known: Mapping[str, Booking] = load_bookings(work.conn, links, readers_of(letter))
    reader = reader_of(letter, known)
    address = reader and (reader.email if letter.channel is Channel.EMAIL else reader.phone)
    whom = [letter.person] if letter.person else persons.with_address(work.conn, address) if address else []
    for person in whom:
        unsubscribe_in(work, Unsubscription(what=Solicitation.COOK_CALLS, who=person))
    if reader:  # booking ends it for all bookings with that contact
        unsubscribe_in(work, Unsubscription(what=Solicitation.THANKS, who=reader.id))
