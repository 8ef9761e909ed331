"""A guest asked for a link to their own page, or for places that they are to confirm: one letter for each request."""

from collections.abc import Sequence

from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.store import guest_links, letters
from shared.contracts.guest_link import GuestLink
from shared.messaging.service import Service, UnitOfWork


def hear_guest_links(work: UnitOfWork, links: Sequence[GuestLink]) -> None:
    """One letter for each, at once and at any hour: somebody waits for it."""
    guest_links.keep(work.conn, [link for link in links if not link.confirms])
    letters.write_once(work.conn, [_letter(work, link) for link in links])


def forget_links(service: Service) -> int:
    """Forget whose links are over. Returns how many."""
    with service.work() as work:
        return guest_links.forget(work.conn, work.now)


def _letter(work: UnitOfWork, link: GuestLink) -> Letter:
    return Letter(
        key=f"guest-link:{link.thing}",
        kind=LetterKind.GUEST_LINK,
        channel=Channel.EMAIL if link.email else Channel.SMS,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=link.valid_until,
        correlation=work.correlation_of(link.thing),
        facts={
            "email": link.email or "",
            "phone": link.phone or "",
            "language": link.language,
            "link": link.link,
            **({"confirms": True} if link.confirms else {}),
        },
    )
