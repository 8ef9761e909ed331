"""Allotments: seats that are kept back for newcomers, for partners, and for those who come without reserving.

Until the hour at which they are released nobody else is given them. Of a booking capacity knows of what kind it is: a
newcomer's, a partner's (by the partner's id), or anybody's (None).
"""

from dataclasses import dataclass

NEWCOMERS = "newcomers"
WALK_INS = "walk_ins"  # of no booking: these seats are simply not given
HOURS = 24  # before the cutoff: the waiting list has a day to answer
MAX_HOURS = 336
MAX_NAME = 80  # characters
MOST_PARTNERS = 20  # of a cantine


@dataclass(frozen=True, kw_only=True)
class Allotment:
    """So many seats of a meal are kept for bookings of one kind, until so many hours before booking closes (0: to the
    end).
    """

    kind: str
    seats: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A group that books for its own people, such as an association.

    `seats` are kept for it at each meal until `hours` before the cutoff (0: to the end). In a calendar month it may
    have `monthly` meals in all, each person at each sitting counting as one (None: no matter).
    """

    id: str
    name: str
    seats: int = 0
    monthly: int | None = None
    hours: int = HOURS
