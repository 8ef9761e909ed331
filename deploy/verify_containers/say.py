"""What is told while it goes on, with the seconds since the beginning."""

import sys
import time

_BEGUN = time.monotonic()


def say(words: str) -> None:
    """One line."""
    sys.stdout.write(f"{time.monotonic() - _BEGUN:6.1f} s  {words}\n")
    sys.stdout.flush()


class Unverified(Exception):
    """Something is not as it was promised."""


def check(true: object, what: str) -> None:
    """It is so; otherwise it raises Unverified."""
    if not true:
        raise Unverified(what)
