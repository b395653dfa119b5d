"""What an accepted kind of file must not carry: a script, a macro, a program, or more than it shows."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from portail_app.errors import FileRefused
from portail_app.gateways.file_kinds import PDF, ZIPPED, Kind
from portail_app.gateways.pdf_dangers import BOMB, check_pdf
from portail_app.gateways.whole_files import DAMAGED
from portail_app.gateways.zip_ends import is_modest_zip

MACRO = "Ce document contient des macros. Enregistrez-en une copie sans macros ou en PDF, puis envoyez-la."

UNZIPPED_AT_MOST = 500_000_000  # bytes
RATIO_AT_MOST, SMALL = 100, 20_000_000

_PROGRAMS = re.compile(r"vbaProject|\.(exe|dll|js|vbs|scr|bat|cmd|ps1|jar|com|msi)$|^Basic/|^Scripts/", re.IGNORECASE)


def check_dangers(path: Path, kind: Kind) -> None:
    """Raises FileRefused, with what the sender can do about it."""
    if kind is PDF:
        check_pdf(path)
    elif kind in ZIPPED:
        _check_zip(path)


def _check_zip(path: Path) -> None:
    if not is_modest_zip(path):
        raise FileRefused(BOMB)
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FileRefused(DAMAGED) from error
    unzipped = sum(entry.file_size for entry in entries)
    if unzipped > UNZIPPED_AT_MOST or unzipped > max(SMALL, RATIO_AT_MOST * path.stat().st_size):
        raise FileRefused(BOMB)
    if any(_PROGRAMS.search(entry.filename) for entry in entries):
        raise FileRefused(MACRO)
