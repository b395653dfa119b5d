"""What a file is, told by its bytes and never by its name: a PDF, a JPEG or a PNG image that opens, or nothing."""

import warnings
from io import BytesIO

from PIL import Image

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SIGNATURES = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
MOST_PIXELS = 60_000_000
"""Of a telephone's largest photograph; more is made to fill the memory."""


def media_type_of(content: bytes) -> str | None:
    """One of the three, or None for what is not wholly one of them."""
    found = next((media for mark, media in SIGNATURES.items() if content.startswith(mark)), None)
    if found == PDF:
        return PDF if b"%%EOF" in content[-2048:] else None
    return found if found and _opens(content) else None


def _opens(content: bytes) -> bool:
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if image.width * image.height > MOST_PIXELS:
                return False
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
