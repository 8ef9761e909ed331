"""What leaves once more when letters go again to an address that they came back from. A pure rule.

Of each booking one letter, of which the guest has read nothing since: how it stands, rather than that it moved or is
near, for that is written anew and says all. If that comes back too, the address is left alone until the meal is over,
so its guest stays on the list to phone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.notifications.domain import again, other_way
from services.notifications.domain.again import OF_A_BOOKING
from services.notifications.domain.contacts import DEAD_FOR, RETURNED_FOR
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import TOLD, Letter, LetterKind, LetterState
from services.notifications.domain.other_way import in_its_place
from services.notifications.domain.plan import channel_of, still_true
from services.notifications.domain.receipts import Delivery

_SUFFIX = ":once-more"
_LESS = {LetterKind.MOVED, LetterKind.REMINDER}


def key_of(letter: Letter) -> str:
    """The key of the letter that leaves once more: one, whichever of those that said the same came back."""
    return f"{letter.again_of or letter.key}{_SUFFIX}"


def all_keys(letter: Letter) -> list[str]:
    """The keys of all letters that say what one of them said, to the same reader."""
    first = replace(letter, key=letter.again_of or letter.key, again_of=None)
    by_staff = (again.key_of(first, number) for number in range(1, again.MOST + 1))
    return [first.key, other_way.key_of(first), key_of(first), *by_staff]


def once_more(
    letters: Sequence[Letter], reader: Booking, sitting: Sitting, now: datetime, *, silent: Iterable[str]
) -> Letter | None:
    """The letter about a booking that leaves once more, of all `letters` about it; `silent` are the keys of those that
    came back from where letters go again. Also of those with one host's words to somebody.
    """
    back = set(silent)
    ours = [one for one in letters if one.key in back and _is_useful(one, reader, sitting, now)]
    last = max(ours, key=lambda one: (one.kind not in _LESS, _when(one)), default=None)
    channel = channel_of(reader)
    if last is None or channel is None or any(_has_told(one, last) or _will_tell(one, last) for one in letters):
        return None
    return in_its_place(last, key_of(last), channel, sitting, now)


def silent_until(letter: Letter, delivery: Delivery, received_at: datetime, sitting: Sitting | None) -> datetime:
    """Until when (UTC) no letter goes to where this one came back from."""
    if delivery is Delivery.DEAD:
        return (letter.taken_at or received_at) + DEAD_FOR
    until: datetime = received_at + RETURNED_FOR
    was_the_second = letter.key.endswith(_SUFFIX)
    return max(until, sitting.starts_at + timedelta(microseconds=1)) if was_the_second and sitting else until


def _is_useful(letter: Letter, reader: Booking, sitting: Sitting, now: datetime) -> bool:
    if letter.state is not LetterState.RETURNED or now > min(letter.latest_at, sitting.starts_at):
        return False
    about_it = letter.kind in OF_A_BOOKING and still_true(letter, reader, sitting)
    return about_it or letter.kind is LetterKind.HOST_MESSAGE


def _has_told(one: Letter, last: Letter) -> bool:
    """Whether its reader knows from this letter what the last one said, or heard something since."""
    return one.state in TOLD and (_says_the_same(one, last) or _when(one) > _when(last))


def _will_tell(one: Letter, last: Letter) -> bool:
    """Whether another way still waits to say what the last one said: by the best way that there is then."""
    return one.waits and _says_the_same(one, last)


def _says_the_same(one: Letter, last: Letter) -> bool:
    return (one.again_of or one.key) == (last.again_of or last.key)


def _when(letter: Letter) -> datetime:
    return letter.taken_at or letter.due_at
