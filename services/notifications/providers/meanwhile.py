"""What is done while a provider waits for its server's answer: the next letter is written."""

from collections.abc import Callable


class Meanwhile:
    """One deed at a time, for one thread. A provider that has nothing to wait for need not know it."""

    def __init__(self) -> None:
        self._deed: Callable[[], None] | None = None

    def plan(self, deed: Callable[[], None] | None) -> None:
        """This is to be done, instead of what was planned before. It must not raise."""
        self._deed = deed

    def use(self) -> None:
        """There is time now: what is planned is done, once."""
        deed, self._deed = self._deed, None
        if deed:
            deed()
