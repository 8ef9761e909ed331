"""A member of staff asked for a link to sign in: one letter for each request, whatever is heard again."""

from collections.abc import Sequence

from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.store import letters
from shared.contracts.sign_in import SignInLink
from shared.messaging.service import UnitOfWork


def hear_sign_in_links(work: UnitOfWork, links: Sequence[SignInLink]) -> None:
    """One e-mail for each request."""
    letters.write_once(work.conn, [_sign_in(work, link) for link in links])


def _sign_in(work: UnitOfWork, link: SignInLink) -> Letter:
    return Letter(
        key=f"sign-in:{link.thing}",
        kind=LetterKind.SIGN_IN,
        channel=Channel.EMAIL,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=link.valid_until,
        correlation=work.correlation_of(link.thing),
        facts={"name": link.name, "email": link.email, "language": link.language, "link": link.link},
    )
