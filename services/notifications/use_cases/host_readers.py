"""Who reads the due letters with hosts' words, as things stand in the transaction that takes them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from services.notifications.domain.host_messages import Reader, bookings_of, reader_of
from services.notifications.domain.letter import Letter, LetterKind
from services.notifications.store import host_messages
from services.notifications.use_cases.reach import load_bookings
from shared.links import Links


def host_readers(conn: Connection, links: Links, due: Sequence[Letter]) -> dict[str, Reader]:
    """The reader of each such letter, by its key."""
    theirs = [one for one in due if one.kind is LetterKind.HOST_MESSAGE]
    if not theirs:
        return {}
    words = host_messages.load(conn, {str(one.facts["message"]) for one in theirs})
    bookings = load_bookings(conn, links, {id for one in theirs for id in bookings_of(one)})
    return {one.key: reader_of(one, words.get(str(one.facts["message"])), bookings) for one in theirs}
