"""What a file is, found from its bytes: its name and what the browser says of it count for nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from portail_app.gateways.zip_ends import is_modest_zip

HEAD = 64
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """The first extension is given to a name that has none of them."""

    name: str
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("pdf", "application/pdf", ("pdf",))
ZIP = Kind("zip", "application/zip", ("zip",))
DOCX = Kind("docx", f"{OFFICE}.wordprocessingml.document", ("docx",))
XLSX = Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", ("xlsx",))
ODT = Kind("odt", f"{OPEN_DOCUMENT}.text", ("odt",))
ODS = Kind("ods", f"{OPEN_DOCUMENT}.spreadsheet", ("ods",))
JPEG = Kind("jpeg", "image/jpeg", ("jpg", "jpeg"))
PNG = Kind("png", "image/png", ("png",))
GIF = Kind("gif", "image/gif", ("gif",))
WEBP = Kind("webp", "image/webp", ("webp",))
HEIC = Kind("heic", "image/heic", ("heic", "heif"))
TIFF = Kind("tiff", "image/tiff", ("tif", "tiff"))
SHEET = Kind("csv", "text/csv", ("csv", "txt"))  # asked for by its own pages, never accepted as a document
KINDS = {kind.name: kind for kind in (PDF, ZIP, DOCX, XLSX, ODT, ODS, JPEG, PNG, GIF, WEBP, HEIC, TIFF)}
ZIPPED = (ZIP, DOCX, XLSX, ODT, ODS)

_SIGNATURES: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    (PDF, lambda head: head.startswith(b"%PDF-")),
    (JPEG, lambda head: head.startswith(b"\xff\xd8\xff")),
    (PNG, lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    (GIF, lambda head: head[:6] in (b"GIF87a", b"GIF89a")),
    (WEBP, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    (HEIC, lambda head: head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")),
    (TIFF, lambda head: head[:4] in (b"II*\0", b"MM\0*")),
    (ZIP, lambda head: head.startswith(b"PK\x03\x04")),
)
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (ODT, ODS)}


def find_kind(path: Path) -> Kind | None:
    """None for what is of no kind that we know: programs, pages, drawings with a script, text..."""
    with path.open("rb") as file:
        found = kind_of(file.read(HEAD))
    return _kind_of_zip(path) if found is ZIP else found


def kind_of(head: bytes) -> Kind | None:
    """By the first bytes alone, which tell no archive from another."""
    return next((kind for kind, is_it in _SIGNATURES if is_it(head)), None)


def _kind_of_zip(path: Path) -> Kind:
    """Office documents are archives that say what they are by what is in them."""
    if not is_modest_zip(path):
        return ZIP
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            said = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return ZIP
    declared = _BY_MEDIA_TYPE.get(said.decode("ascii", "replace").strip())
    return declared or next((kind for part, kind in _MAIN_PARTS.items() if part in names), ZIP)
