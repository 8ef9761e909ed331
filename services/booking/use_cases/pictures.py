"""Pictures that come in from outside are never kept as they come: they are read, made smaller, and written anew."""

from io import BytesIO
from typing import IO
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, UnidentifiedImageError

from services.booking.domain.photos import WIDEST, NoPicture, Picture

KINDS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 24_000_000  # some 100 MB of memory while it is read; a JPEG, which is read smaller, may have Pillow's 89
QUALITY = 78


def remade(upload: IO[bytes]) -> Picture:
    """An upload as a WebP picture of at most WIDEST pixels, upright, without the camera's notes. Raises NoPicture."""
    try:
        with catch_warnings():
            simplefilter("error")  # Pillow warns of what is suspicious
            with Image.open(upload, formats=KINDS) as image:
                return _remade(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise NoPicture from error


def _remade(image: Image.Image) -> Picture:
    width, height = image.size
    if image.format != "JPEG" and width * height > MOST_PIXELS:
        raise NoPicture
    image.draft("RGB", (WIDEST, WIDEST))
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((WIDEST, WIDEST))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    body = BytesIO()
    plain.save(body, "WEBP", quality=QUALITY, method=4)
    return Picture(body=body.getvalue(), width=plain.width, height=plain.height)
