"""Words for telling stories about a table: small makers of claims, requests and sittings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.places import Sitting
from services.capacity.domain.seating import Decision, decide
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import KeptAnswer, SeatsRequest, Standing
from shared.contracts.sitting import SittingStatus, WaitlistPolicy

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CUTOFF = NOW + timedelta(days=1)


def table(
    seats: int = 10,
    cook_places: int = 4,
    status: SittingStatus = SittingStatus.OPEN,
    policy: WaitlistPolicy = WaitlistPolicy.STRICT,
) -> Sitting:
    return table_of(Kitchen(room=seats, cook_places=cook_places), status, policy)


def table_of(
    kitchen: Kitchen,
    status: SittingStatus = SittingStatus.OPEN,
    policy: WaitlistPolicy = WaitlistPolicy.STRICT,
) -> Sitting:
    return Sitting(id="s", status=status, cutoff_at=CUTOFF, kitchen=kitchen, policy=policy)


GOLDEN = Hands(base=2350, per_cook=150)
"""⌊23.5 + 1.5 × cooks⌋."""


def confirmed(hands: Hands = GOLDEN, room: int = 42, cook_places: int = 11) -> Sitting:
    """A sitting at which only confirmed cooks count."""
    kitchen = Kitchen(room=room, cook_places=cook_places, hands=hands)
    return replace(table_of(kitchen), confirmed_only=True)


def eaters(count: int) -> Party:
    return Party(eaters=count)


def cooks(count: int, eaters: int = 0) -> Party:
    return Party(cooks=count, eaters=eaters)


def minute(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def asks(
    booking: str,
    party: Party,
    at: int = 0,
    revision: int = 1,
    last_answer: KeptAnswer | None = None,
    *,
    newcomer: bool = False,
    partner: str | None = None,
) -> SeatsRequest:
    return SeatsRequest(
        thing=booking,
        revision=revision,
        sitting="s",
        party=party,
        asked_at=minute(at),
        last_answer=last_answer,
        newcomer=newcomer,
        allotment=partner,
    )


def cancels(booking: str, at: int = 0, revision: int = 9) -> SeatsRequest:
    return asks(booking, NOBODY, at, revision)


class Room:
    """A sitting in time: each batch of requests is decided on what was decided before."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.claims: dict[str, Claim] = {}
        self.now = minute(60)

    def hears(self, *requests: SeatsRequest) -> Decision:
        decision = decide(self.sitting, self.claims.values(), requests, self.now)
        self.keeps(decision)
        return decision

    def keeps(self, decision: Decision) -> None:
        self.sitting = decision.sitting
        self.claims |= {claim.booking: claim for claim in decision.answers}

    def standing(self, booking: str) -> Standing:
        return self.claims[booking].standing

    def held(self, booking: str) -> Party:
        return self.claims[booking].held

    @property
    def in_line(self) -> list[str]:
        waiting = (claim for claim in self.claims.values() if claim.waits_for)
        return [claim.booking for claim in sorted(waiting, key=lambda claim: claim.place)]
