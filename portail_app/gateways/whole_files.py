"""Whether a file can be read: a PDF that has its end, a JPEG or a PNG image that opens."""

import os
import warnings
from pathlib import Path

from PIL import Image

from portail_app.errors import WrongKind
from portail_app.gateways.file_kinds import PDF, Kind

DAMAGED = "Ce fichier est abîmé : il ne s’ouvre pas. Il n’a pas été enregistré."
MOST_PIXELS = 60_000_000
"""Of a telephone's largest photograph; more is made to fill the memory."""


def check_whole(path: Path, kind: Kind) -> None:
    """Of a PDF, a JPEG or a PNG. Raises WrongKind."""
    if not (_has_its_end(path) if kind is PDF else _opens(path)):
        raise WrongKind(DAMAGED)


def _has_its_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 2048))
        return b"%%EOF" in file.read()


def _opens(path: Path) -> bool:
    try:
        with warnings.catch_warnings(), Image.open(path, formats=("JPEG", "PNG")) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if image.width * image.height > MOST_PIXELS:
                return False
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
