"""Somebody asks for a link to sign in. Whether they are known here is nobody's business but their mailbox's."""

from uuid import uuid4

from services.capacity.domain.addresses import sign_in_page
from services.capacity.domain.staff import LINK_VALID, LINKS_AT_ONCE, tidy_email
from services.capacity.store import staff as staff_store
from shared.contracts.sign_in import SignInLink
from shared.links import Links
from shared.logs import get_logger
from shared.messaging.service import UnitOfWork

log = get_logger(__name__)
PURPOSE = "sign_in"


def ask_to_sign_in(work: UnitOfWork, email: str, links: Links, public_url: str) -> None:
    """Send a link to a member of staff; an unknown address, or one too many in an hour, gets nothing."""
    person = staff_store.lock_by_email(work.conn, tidy_email(email))
    if person is None or person.email is None:
        log.info("An unknown address asked to sign in.")
        return
    if staff_store.links_since(work.conn, person.id, work.now - LINK_VALID) >= LINKS_AT_ONCE:
        log.warning("Too many sign-in links were asked for.", staff=person.id)
        return
    link, valid_until = uuid4().hex, work.now + LINK_VALID
    staff_store.keep_link(work.conn, link, person.id, work.now, valid_until)
    work.say(
        SignInLink(
            thing=link,
            revision=work.next_revision(),
            name=person.name,
            email=person.email,
            language=person.language,
            link=sign_in_page(public_url, links.sign(PURPOSE, link)),
            valid_until=valid_until,
        )
    )
