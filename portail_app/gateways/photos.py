"""Photos that people send: real images only, written anew, so that nothing of the file but the picture is kept."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from portail_app.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2_000


class NotAnImage(Invalid):
    sentence = "Ce fichier n’est pas une image : envoyez une photo JPEG, PNG ou WebP."


def clean_photo(content: bytes) -> bytes:
    """A JPEG of at most 2,000 pixels a side, upright, without the place and the hour that telephones write into it.

    To be called in a thread. Raises NotAnImage for what its own bytes do not show to be an image, whatever its name.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > (Image.MAX_IMAGE_PIXELS or 0):
                raise NotAnImage("Cette image a trop de pixels : envoyez une photo ordinaire.")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unreadable:
        raise NotAnImage from unreadable
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = BytesIO()
    upright.save(written, "JPEG", quality=85)
    return written.getvalue()
