"""Scripts and locks in a PDF, found without opening it: by the names that a reader acts on (PDF 32000-1)."""

import os
import re
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
_SUSPECT = re.compile(rb"/(?:JavaScript|Launch|RichMedia|Encrypt|XFA|[A-Za-z]{0,10}#[0-9A-Fa-f]{2})")  # in one pass
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")  # 7.5.7: an object stream begins with numbers and places


def check_pdf(path: Path) -> None:
    """Raises FileRefused. What an exotic filter hides is not found: files are handed out for saving, never run."""
    with path.open("rb") as opened:
        file, budget, start = opened.fileno(), UNPACKED_AT_MOST, 0
        while window := os.pread(file, WINDOW + OVERLAP, start):
            _check_text(window)
            for found in _STREAM.finditer(window):
                budget = _check_stream(file, start + found.end(), budget)
            start += WINDOW


def _check_text(text: bytes) -> None:
    for found in _SUSPECT.finditer(text):
        readable = _ESCAPED.sub(_unescape, text[found.start() : found.start() + LONGEST_NAME])
        active = _ACTIVE.match(text, found.start()) or _ACTIVE.match(readable)
        if active is not None:
            raise FileRefused(LOCKED if active.group(1) else SCRIPT)


def _check_stream(file: int, start: int, budget: int) -> int:
    """What is left of the budget. Only packed objects are looked at: pictures and pages hold no actions."""
    end = b""
    for number, piece in enumerate(_unpacked(file, start)):
        if number == 0 and not _PACKED_OBJECTS.match(piece):
            break
        budget -= len(piece)
        if budget <= 0:
            raise FileRefused(BOMB)
        _check_text(end + piece)
        end = piece[-200:]
    return budget


def _unpacked(file: int, start: int) -> Iterator[bytes]:
    """A deflated stream in pieces, as far as it can be read."""
    unpacker, waiting = zlib.decompressobj(), os.pread(file, PIECE, start)
    while waiting and not unpacker.eof:
        try:
            piece = unpacker.decompress(waiting, PIECE)
        except zlib.error:
            return
        if piece:
            yield piece
        start += PIECE if not unpacker.unconsumed_tail else 0
        waiting = unpacker.unconsumed_tail or os.pread(file, PIECE, start)


def _unescape(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])
