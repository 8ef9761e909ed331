"""The reception: who comes while somebody is being served is served next, all at once."""

from collections import deque
from concurrent.futures import Future
from threading import Lock

from services.booking.domain.booking import Booking
from services.booking.domain.errors import BookingError
from services.booking.domain.limits import NO_LIMITS, Limits
from services.booking.domain.once import Once
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import Answer, Asked, asked, book_all
from services.booking.use_cases.voice import Voice
from shared.database import is_transient
from shared.messaging.service import Service

MOST = 50  # bookings in one transaction


class Reception:
    """Takes the bookings of one process's threads.

    When it is quiet each is made at once, alone, by the thread that asks. Whoever asks while another is at it waits for
    the next turn, which makes all that wait in one transaction: the busier, the cheaper a booking.
    """

    def __init__(self, service: Service, voice: Voice, limits: Limits = NO_LIMITS) -> None:
        self._service = service
        self._voice = voice
        self._limits = limits
        self._waiting: deque[tuple[Asked, Future[Answer]]] = deque()
        self._turn = Lock()

    def book(self, sitting: str, wish: Wish, once: Once | None = None, client: str | None = None) -> Booking:
        """Make a booking, as `use_cases.book.book` does, with its errors. `client` stands for where it comes from: then
        also TooManyFromHere, TooManyLately, TooManyOpen.
        """
        mine: Future[Answer] = Future()
        self._waiting.append((asked(sitting, wish, once, client), mine))
        with self._turn:
            while not mine.done():  # those who came before may be more than one turn serves
                self._serve([self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))])
        answer = mine.result()
        if isinstance(answer, BookingError):
            raise answer
        return answer

    def _serve(self, company: list[tuple[Asked, "Future[Answer]"]]) -> None:
        """Give each its answer. If they cannot be made together, each is made alone: one may not spoil the others'."""
        try:
            answers = book_all(self._service, self._voice, [request for request, _ in company], self._limits)
        except Exception as error:  # noqa: BLE001 - each thread raises its own
            if is_transient(error) or len(company) == 1:
                for _, answered in company:
                    answered.set_exception(error)
            else:
                for one in company:
                    self._serve([one])
            return
        for (_, answered), answer in zip(company, answers, strict=True):
            answered.set_result(answer)
