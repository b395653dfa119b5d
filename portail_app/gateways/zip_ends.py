"""The end of a zip archive, read before its list: the list is read whole into memory, so it must be short."""

import struct
from pathlib import Path

LONGEST_LIST = 1024 * 1024  # bytes; some 10,000 entries
END = b"PK\x05\x06"
END_BYTES, LONGEST_COMMENT = 22, 65_535


def is_modest_zip(path: Path) -> bool:
    """Whether the archive's list of entries is one that may be read (APPNOTE.TXT, 4.3.16). No ZIP64: 4 GB fit."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_BYTES - LONGEST_COMMENT))
        tail = file.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < END_BYTES:
        return False
    _, entries, length, offset = struct.unpack("<8xHHII2x", tail[place : place + END_BYTES])
    return bool(entries < 0xFFFF and length <= LONGEST_LIST and offset < size)
