"""Photos of a cantine: what may be shown to everybody."""

from dataclasses import dataclass, field

MOST = 6  # of one cantine
WIDEST = 1280  # pixels, of the longer side as it is kept
LARGEST_UPLOAD = 12 * 1024 * 1024  # bytes; what telephones make
LONGEST_DESCRIPTION = 200  # characters


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo as it is shown: `id` stands for its content, `description` is for who does not see it."""

    id: str
    description: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A photo made anew in a format of ours, without what the camera noted (place, time, owner)."""

    body: bytes = field(repr=False)
    width: int
    height: int


class NoPicture(Exception):
    """This is no picture that we can read: none at all, broken, of an unknown kind, or far too large."""
