"""The reception: who comes while somebody is being served is served next, all at once."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Lock

from services.booking.domain.booking import Booking
from services.booking.domain.limits import NO_LIMITS, Limits
from services.booking.domain.once import Once
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import Asked, asked, book_all
from services.booking.use_cases.voice import Voice
from shared.database import is_transient
from shared.messaging.service import Service

MOST = 50  # bookings in one transaction


class NotServed(Exception):
    """Nobody has looked at this request yet."""


@dataclass(eq=False, kw_only=True)
class Guest:
    """Somebody who waits, until they have an answer (an error that is raised to them is one) or the turn is theirs."""

    asked: Asked
    answer: Booking | Exception = field(default_factory=NotServed)
    woken: Event = field(default_factory=Event)

    def tell(self, answer: Booking | Exception) -> None:
        """Give them their answer."""
        self.answer = answer
        self.woken.set()


class Reception:
    """Takes the bookings of one process's threads.

    When it is quiet each is made at once, alone, by the thread that asks. Whoever asks while another is at it waits for
    the next turn, which makes all that wait in one transaction: the busier, the cheaper a booking. The first of those
    who wait takes that turn; the others sleep until they are answered, and hold up nobody.
    """

    def __init__(self, service: Service, voice: Voice, limits: Limits = NO_LIMITS) -> None:
        self._service = service
        self._voice = voice
        self._limits = limits
        self._waiting: deque[Guest] = deque()
        self._somebody_is_at_it = False
        self._changing = Lock()  # of the two above

    def book(self, sitting: str, wish: Wish, once: Once | None = None, client: str | None = None) -> Booking:
        """Make a booking, as `use_cases.book.book` does, with its errors. `client` stands for where it comes from: then
        also TooManyFromHere, TooManyLately, TooManyOpen.
        """
        me = Guest(asked=asked(sitting, wish, once, client))
        if self._has_to_wait(me):
            me.woken.wait()
        if isinstance(me.answer, NotServed):
            self._take_turn()
        if isinstance(me.answer, Exception):
            raise me.answer
        return me.answer

    def _has_to_wait(self, guest: Guest) -> bool:
        with self._changing:
            self._waiting.append(guest)
            before, self._somebody_is_at_it = self._somebody_is_at_it, True
        return before

    def _take_turn(self) -> None:
        """Serve those who wait, of whom this guest is the first, and call the first of those who came since."""
        company = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        try:
            self._serve(company)
        except BaseException:  # this thread ends: the others must not sleep for ever
            for guest in company:
                guest.tell(RuntimeError("who served them broke off"))
            raise
        finally:
            with self._changing:
                self._somebody_is_at_it = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].woken.set()

    def _serve(self, company: Sequence[Guest]) -> None:
        """Give each their answer. If they cannot be made together, each is made alone: one may not spoil another's."""
        try:
            answers = book_all(self._service, self._voice, [guest.asked for guest in company], self._limits)
        except Exception as error:  # noqa: BLE001 - each thread raises its own
            if is_transient(error) or len(company) == 1:
                for guest in company:
                    guest.tell(error)
            else:
                for guest in company:
                    self._serve([guest])
            return
        for guest, answer in zip(company, answers, strict=True):
            guest.tell(answer)
