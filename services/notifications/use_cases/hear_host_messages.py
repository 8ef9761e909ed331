"""A host wrote to the guests of a meal: one letter to each person, whatever is heard again."""

from collections.abc import Sequence

from services.notifications.domain.host_messages import letters_of
from services.notifications.store import facts, host_messages, letters
from shared.contracts.host_message import HostMessage
from shared.messaging.service import UnitOfWork
from shared.purge import is_forgotten


def hear_host_messages(work: UnitOfWork, messages: Sequence[HostMessage]) -> None:
    """Keep the words, and write down who gets them. Words about a meal of long ago are ignored."""
    sittings = facts.share_sittings(work.conn, {one.sitting for one in messages})
    forgotten = {id for id, sitting in sittings.items() if is_forgotten(sitting.starts_at, work.now)}
    messages = [one for one in messages if one.sitting not in forgotten]
    host_messages.keep(work.conn, messages)
    letters.write_once(
        work.conn,
        [letter for one in messages for letter in letters_of(one, work.now, work.correlation_of(one.thing))],
    )
