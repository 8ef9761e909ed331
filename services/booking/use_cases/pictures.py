"""Pictures that come in from outside are never kept as they come: they are read, made smaller, and written anew."""

from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from services.booking.domain.photos import WIDEST, NoPicture, Picture

KINDS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 24_000_000  # as they are read: some 100 MB of memory
MOST_PIXELS_SENT = 80_000_000  # of a JPEG, which can be read at a half, a quarter, an eighth of its size
QUALITY = 78
_FLAWS = (
    *(UnidentifiedImageError, OSError, ValueError, SyntaxError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
_one_by_one = Lock()  # so that several at once do not take several times the memory


def remade(upload: IO[bytes]) -> Picture:
    """An upload as a WebP picture of at most WIDEST pixels, upright, without the camera's notes. Raises NoPicture."""
    try:
        with _one_by_one, Image.open(upload, formats=KINDS) as image:
            return _remade(image)
    except _FLAWS as error:
        raise NoPicture from error


def _remade(image: Image.Image) -> Picture:
    if _pixels(image) > MOST_PIXELS_SENT or (image.info.get("progressive") and _pixels(image) > MOST_PIXELS):
        raise NoPicture
    image.draft("RGB", (WIDEST, WIDEST))
    if _pixels(image) > MOST_PIXELS:
        raise NoPicture
    image.thumbnail((WIDEST, WIDEST))
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    body = BytesIO()
    plain.save(body, "WEBP", quality=QUALITY, method=4)
    return Picture(body=body.getvalue(), width=plain.width, height=plain.height)


def _pixels(image: Image.Image) -> int:
    return image.width * image.height
