"""How the waiting lists of a cantine work, as its coordinator chooses."""

from dataclasses import dataclass

from shared.contracts.sitting import WaitlistPolicy

MAX_OFFERS_HOURS = 168


class FlawedRules(Exception):
    """Waiting lists cannot work like this."""


@dataclass(frozen=True, kw_only=True)
class WaitingRules:
    """The policy, and from how many hours before the cutoff on who waits is asked, rather than given places that come
    free (0: never). Raises FlawedRules.
    """

    policy: WaitlistPolicy = WaitlistPolicy.STRICT
    offers_hours: int = 24

    def __post_init__(self) -> None:
        if not 0 <= self.offers_hours <= MAX_OFFERS_HOURS:
            raise FlawedRules


USUAL = WaitingRules()
