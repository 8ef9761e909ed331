"""What every provider can do."""

from typing import Protocol, runtime_checkable

from services.notifications.domain.sending import Outcome, Outgoing


class Provider(Protocol):
    """Carries letters. `repeats_safely`: it sends a key once, however often it is asked."""

    name: str
    repeats_safely: bool

    def send(self, outgoing: Outgoing) -> Outcome:
        """Hand over one letter, within seconds. Trouble is an outcome, not an exception."""
        ...

    def close(self) -> None:
        """Let go of kept connections; a later `send` makes new ones."""
        ...


@runtime_checkable
class TellsCredit(Protocol):
    """A provider that can be asked how many SMS it will still send."""

    name: str

    def credit(self) -> int | None:
        """How many; None if it does not say now. Within seconds; trouble is None, not an exception."""
        ...
