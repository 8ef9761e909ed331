"""What must be true at the end of a campaign: pure functions over plain facts, each of which names what is wrong.

The truth is what was accepted (the residents' ledger), what the API says in the end, and the log of the mail sink. Only
which standings were ever committed, and how many seats were held at each moment, is noted inside the databases (see
`witness`), for nobody outside can know it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WORDS_OF = {
    "confirmed": ("is booked", "came free for the meal"),
    "waitlisted": ("waiting list",),
    "refused": ("No place this time",),
    "cancelled": ("is cancelled",),
}
"""By standing: what the subject of its letter says, one or the other."""
NO_ANSWER_YET = "We have your request"  # to who waits for an answer, or so it seems where a clock runs ahead


@dataclass(frozen=True)
class Wish:
    """What a resident asked last, and was told would be done."""

    sitting: str
    people: int
    cancelled: bool = False


@dataclass(frozen=True)
class Standing:
    """What the API says of a booking."""

    status: str
    people: int
    wished: int
    checking: bool


@dataclass(frozen=True)
class Letter:
    """One letter in the sink. `people` is 0 where a letter does not say it."""

    to: str
    key: str
    status: str
    people: int

    @property
    def tells(self) -> tuple[str, int]:
        """The standing that it tells."""
        return self.status, self.people


@dataclass(frozen=True)
class Held:
    """From now on a booking holds so many seats. `deed` names the transaction that decided it, with others perhaps."""

    deed: int
    sitting: str
    booking: str
    seats: int


@dataclass(frozen=True)
class Facts:
    """All that is known at the end, by e-mail address; `letters` in the order in which they arrived."""

    seats: Mapping[str, int]
    wishes: Mapping[str, Wish]
    standings: Mapping[str, Standing]
    letters: Sequence[Letter]
    committed: Mapping[str, frozenset[tuple[str, int]]]
    held: Sequence[Held]


def told_by(standing: Standing) -> tuple[str, int]:
    """What the letter for a standing tells."""
    return standing.status, standing.people if standing.status in ("confirmed", "waitlisted") else 0


def lost(facts: Facts) -> list[str]:
    """Bookings, changes and cancellations that were accepted and did not stay."""
    return [who for who, wish in facts.wishes.items() if not _kept(wish, facts.standings.get(who))]


def _kept(wish: Wish, standing: Standing | None) -> bool:
    if standing is None or standing.status == "unknown":
        return False
    if wish.cancelled or standing.status == "cancelled":
        return wish.cancelled and standing.status == "cancelled"
    return standing.wished == wish.people


def unanswered(facts: Facts) -> list[str]:
    """Bookings of which it is still not said what became of them."""
    return [who for who, one in facts.standings.items() if one.checking or one.status == "requested"]


def oversold(facts: Facts) -> list[str]:
    """Meals with more people than seats: confirmed in the end, or held at any moment."""
    people: Counter[str] = Counter()
    for who, standing in facts.standings.items():
        if standing.status == "confirmed":
            people[facts.wishes[who].sitting] += standing.people
    return sorted({one for one in facts.seats if people[one] > facts.seats[one]} | _ever_oversold(facts))


def _ever_oversold(facts: Facts) -> set[str]:
    deeds: dict[tuple[str, int], list[Held]] = {}  # of each sitting, in order: it is locked while it is decided
    for one in facts.held:
        deeds.setdefault((one.sitting, one.deed), []).append(one)
    held: Counter[str] = Counter()  # by booking
    total: Counter[str] = Counter()
    found = set()
    for (sitting, _), decided in deeds.items():
        for one in decided:
            total[sitting] += one.seats - held[one.booking]
            held[one.booking] = one.seats
        if sitting in facts.seats and total[sitting] > facts.seats[sitting]:
            found.add(sitting)
    return found


def withheld(facts: Facts) -> list[str]:
    """Meals with room for somebody who waits: a seat that was given back, and reached nobody."""
    free = Counter(facts.seats)
    waiting: dict[str, list[int]] = {}
    for who, standing in facts.standings.items():
        sitting = facts.wishes[who].sitting
        if standing.status == "confirmed":
            free[sitting] -= standing.people
            if standing.wished > standing.people:
                waiting.setdefault(sitting, []).append(standing.wished - standing.people)
        elif standing.status == "waitlisted":
            waiting.setdefault(sitting, []).append(standing.people)
    # Parties are seated in order, so only who would fit before anybody may pass is surely wronged: the largest.
    return sorted(sitting for sitting, lacking in waiting.items() if free[sitting] >= max(lacking))


def untold(facts: Facts) -> list[str]:
    """Bookings whose final standing has no letter."""
    told = {(letter.to, letter.tells) for letter in facts.letters}
    return [who for who, standing in facts.standings.items() if (who, told_by(standing)) not in told]


def told_twice(facts: Facts) -> list[str]:
    """Standings that two letters tell. A repeat of one letter, with its own key, is counted by `repeated`."""
    keys: dict[tuple[str, tuple[str, int]], set[str]] = {}
    for letter in facts.letters:
        keys.setdefault((letter.to, letter.tells), set()).add(letter.key)
    return [f"{who}: {tells}" for (who, tells), different in keys.items() if len(different) > 1]


def repeated(facts: Facts) -> list[str]:
    """Letters that arrived again, under their own key."""
    return [key for key, times in Counter(letter.key for letter in facts.letters).items() if times > 1]


def never_so(facts: Facts) -> list[str]:
    """Letters that tell a standing which was never committed, or that went to nobody's address."""
    return [
        f"{letter.to}: {letter.tells}"
        for letter in facts.letters
        if letter.tells not in facts.committed.get(letter.to, frozenset())
    ]


def outdated(facts: Facts) -> list[str]:
    """Bookings whose last letter does not tell how they stand."""
    last = {letter.to: letter.tells for letter in facts.letters}
    return [who for who, standing in facts.standings.items() if who in last and last[who] != told_by(standing)]


CHECKS = {
    "lost": lost,
    "oversold": oversold,
    "unanswered": unanswered,
    "seats withheld from who waits": withheld,
    "final standings without a letter": untold,
    "standings told by two letters": told_twice,
    "letters of a standing never committed": never_so,
    "last letters that are no longer so": outdated,
}
"""By the name of a figure: what must find nothing."""


def seen_by(facts: Facts) -> set[str]:
    """The names of the checks that find something."""
    return {name for name, check in CHECKS.items() if check(facts)}


def as_letters(mails: Iterable[tuple[str, str, str, str]]) -> list[Letter]:
    """Letters that tell guests a standing, from mails given as (to, key, subject, text)."""
    return [Letter(to, key, status, people) for to, key, status, people in map(_read, mails) if status != NO_ANSWER_YET]


def _read(mail: tuple[str, str, str, str]) -> tuple[str, str, str, int]:
    to, key, subject, text = mail
    told = next((status for status, words in WORDS_OF.items() if any(word in subject for word in words)), subject)
    status = NO_ANSWER_YET if told.startswith(NO_ANSWER_YET) else told
    line = next((line for line in text.splitlines() if line.startswith("- For: ")), "")
    people = int(line.split()[2]) if line and status in ("confirmed", "waitlisted") else 0
    return to, key, status, people
