"""Nothing is made again that has not changed: stamps that say what a thing was made from."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

NOT_SOURCES = {"__pycache__", "external"}  # Reflex writes assets/external itself


def fingerprint(*made_from: Path | str) -> str:
    """One hash of texts, and of the names and contents of files and folders."""
    total = sha256()
    for source in made_from:
        total.update(f"{source}\0".encode())
        for file in _files_of(source) if isinstance(source, Path) else ():
            total.update(f"{file.relative_to(source)}\0".encode() + sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamped: Path, made_from: str) -> bool:
    return stamped.exists() and stamped.read_text() == made_from


def stamp(stamped: Path, made_from: str) -> None:
    """The last act of making something: whatever is cut short before it is begun anew."""
    stamped.parent.mkdir(parents=True, exist_ok=True)
    unfinished = stamped.with_name(stamped.name + ".new")
    unfinished.write_text(made_from)
    unfinished.rename(stamped)


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for entry in sorted(path.iterdir()):
        if entry.name not in NOT_SOURCES and not entry.name.endswith(".pyc"):
            yield from _files_of(entry)
