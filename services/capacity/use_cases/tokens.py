"""A member of staff gives a program a secret, and takes it back; the program uses it."""

import secrets
from uuid import uuid4

from services.capacity.domain.staff import Staff
from services.capacity.domain.tokens import MARK, MOST_TOKENS, Token, TooManyTokens, digest, tidy_name
from services.capacity.store import staff as staff_store
from services.capacity.store import tokens as token_store
from shared.messaging.service import Service, UnitOfWork
from shared.text import is_storable


def tokens_of(service: Service, staff: Staff) -> list[Token]:
    """The tokens of somebody, oldest first."""
    with service.read() as conn:
        return token_store.of_staff(conn, staff.id)


def make_token(work: UnitOfWork, staff: Staff, name: str) -> str:
    """The secret of a new token, which cannot be read again. Raises UnnamedToken or TooManyTokens."""
    name = tidy_name(name)
    if len(token_store.of_staff(work.conn, staff.id)) >= MOST_TOKENS:
        raise TooManyTokens
    secret = MARK + secrets.token_urlsafe(32)
    made = Token(id=str(uuid4()), staff=staff.id, name=name, digest=digest(secret), made_at=work.now)
    token_store.add(work.conn, made)
    return secret


def revoke_token(work: UnitOfWork, staff: Staff, token: str) -> None:
    """Forget a token of somebody: it opens nothing from now on. One that is not theirs stays."""
    if is_storable(token):
        token_store.remove(work.conn, token, staff.id)


def use_token(service: Service, secret: str) -> Staff | None:
    """Whoever made the token, as they are now, or None if it opens nothing."""
    with service.read() as conn:
        token = token_store.find(conn, digest(secret))
        person = staff_store.find(conn, token.staff) if token else None
        worth_noting = token is not None and token.is_use_worth_noting(service.clock.now(conn))
    if token and person and worth_noting:
        with service.work() as work:
            token_store.note_use(work.conn, token.id, work.now)
    return person
