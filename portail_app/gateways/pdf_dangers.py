"""Scripts and locks in a PDF, found without opening it: by the names that a reader acts on (PDF 32000-1)."""

import mmap
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from portail_app.errors import FileRefused

SCRIPT = "Ce PDF contient un programme (script). Enregistrez-en une copie avec « Imprimer en PDF », puis envoyez-la."
LOCKED = "Ce PDF est protégé. Enregistrez-en une copie sans protection (« Imprimer en PDF »), puis envoyez-la."
BOMB = "Ce fichier occuperait beaucoup trop de place une fois ouvert. Il n’a pas été enregistré."

WINDOW, OVERLAP = 1024 * 1024, 4096  # other work goes on between two windows
UNPACKED_AT_MOST = 64_000_000  # of the object streams of one file
PIECE = 64 * 1024

_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|(Encrypt)|XFA(?=\s*[\[\d]))(?![A-Za-z0-9])")
LONGEST_NAME = 60
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # 7.3.5: #4a is J in a name
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")  # 7.5.7: an object stream begins with numbers and places


def check_pdf(path: Path) -> None:
    """Raises FileRefused. What an exotic filter hides is not found: files are handed out for saving, never run."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        budget = UNPACKED_AT_MOST
        for start in range(0, len(content), WINDOW):
            _check_text(content, start, start + WINDOW + OVERLAP)
            for found in _STREAM.finditer(content, start, start + WINDOW + OVERLAP):
                budget = _check_stream(content, found.end(), budget)


def _check_text(text: bytes | mmap.mmap, start: int = 0, end: int = sys.maxsize) -> None:
    _refuse(_ACTIVE.search(text, start, end))
    for found in _ESCAPED.finditer(text, start, end):
        around = text[max(0, found.start() - LONGEST_NAME) : found.end() + LONGEST_NAME]
        _refuse(_ACTIVE.search(_ESCAPED.sub(_unescape, around)))


def _refuse(found: re.Match[bytes] | None) -> None:
    if found is not None:
        raise FileRefused(LOCKED if found.group(1) else SCRIPT)


def _check_stream(content: mmap.mmap, start: int, budget: int) -> int:
    """What is left of the budget. Only packed objects are looked at: pictures and pages hold no actions."""
    end = b""
    for number, piece in enumerate(_unpacked(content, start)):
        if number == 0 and not _PACKED_OBJECTS.match(piece):
            break
        budget -= len(piece)
        if budget <= 0:
            raise FileRefused(BOMB)
        _check_text(end + piece)
        end = piece[-200:]
    return budget


def _unpacked(content: mmap.mmap, start: int) -> Iterator[bytes]:
    """A deflated stream in pieces, as far as it can be read."""
    unpacker, waiting = zlib.decompressobj(), content[start : start + PIECE]
    while waiting and not unpacker.eof:
        try:
            piece = unpacker.decompress(waiting, PIECE)
        except zlib.error:
            return
        if piece:
            yield piece
        start += PIECE if not unpacker.unconsumed_tail else 0
        waiting = unpacker.unconsumed_tail or content[start : start + PIECE]


def _unescape(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])
