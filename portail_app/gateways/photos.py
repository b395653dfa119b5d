"""Photos that people send: real images only, written anew, so that nothing of the file but the picture is kept."""

from asyncio import Semaphore, to_thread
from io import BytesIO

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from portail_app.errors import Invalid
from portail_app.gateways.storage import storage
from portail_app.gateways.whole_files import MOST_PIXELS
from portail_app.settings import settings

FORMATS = ("JPEG", "HEIF", "PNG", "WEBP")
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
"""What a file input offers: the endings too, for where HEIC has no type."""
LONGEST_SIDE = 2_000
UNREADABLE = (OSError, ValueError, SyntaxError, RuntimeError, EOFError, Image.DecompressionBombError)

register_heif_opener()
_decoding = Semaphore(2)  # each takes half a gigabyte at worst


class NotAnImage(Invalid):
    """Also a photo that is cut, or whose pixels are too many to be one."""

    sentence = "Ce fichier n’est pas une image : envoyez une photo JPEG, HEIC, PNG ou WebP."


class TooManyPixels(NotAnImage):
    sentence = "Cette image a trop de pixels : envoyez une photo ordinaire."


def most_bytes() -> int:
    return settings().photo_megabytes * 1024 * 1024


async def keep_photo(content: bytes) -> str:
    """Its key in the store, once it is clean. Raises NotAnImage, Unavailable."""
    return await to_thread(storage().add, await decode_photo(content))


async def decode_photo(content: bytes) -> bytes:
    """As `clean_photo`, two at a time."""
    async with _decoding:
        return await to_thread(clean_photo, content)


def clean_photo(content: bytes) -> bytes:
    """A JPEG of at most 2,000 pixels a side, upright, without the place and the hour that telephones write into it.

    A HEIC is turned upright by its own decoder, a JPEG by what its EXIF says.

    To be called in a thread. Raises NotAnImage for what its own bytes do not show to be an image, whatever its name.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooManyPixels
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as enormous:
        raise TooManyPixels from enormous
    except UNREADABLE as unreadable:
        raise NotAnImage from unreadable
    upright.info.clear()  # a comment would go along
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = BytesIO()
    upright.save(written, "JPEG", quality=85)
    return written.getvalue()
