"""The code by which a coordinator opens the check-in on a tablet that several helpers share."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from hashlib import sha256

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which look alike
LENGTH = 8  # 10^12 codes, of which a few are good for ten minutes: guessing finds none
CODE_VALID = timedelta(minutes=10)
OPEN_FOR = timedelta(hours=12)


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code, drawn with a secure `choose`, as one reads it aloud: K7PM-3WQX."""
    letters = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def kept_as(code: str) -> str:
    """What is kept of a code: a digest (32 hexadecimal digits), the same however it is typed."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(f"tablet {letters}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
