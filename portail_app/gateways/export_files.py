"""Private zip files, written piece by piece onto the disk and named at random: nothing of one is held in memory."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from portail_app.errors import DiskFull
from portail_app.gateways.export_tables import CsvWriter, JsonWriter, TableWriter
from portail_app.troubles import is_disk_full

NAME = re.compile(r"[0-9]+-[0-9a-f]{32}\.zip")


@dataclass(frozen=True)
class ExportFiles:
    """Under `folder`, which no web server may publish."""

    folder: Path

    def path_of(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("not the name of an export")
        return self.folder / name

    def remove(self, name: str) -> None:
        if name:
            self.path_of(name).unlink(missing_ok=True)

    @contextmanager
    def writing(self, export_id: int) -> Iterator["ExportArchive"]:
        """The file has its name once the block ends well; a block that fails, or a machine that stops, leaves none.

        Raises DiskFull.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for abandoned in self.folder.glob(f"{export_id}-*"):
            abandoned.unlink(missing_ok=True)
        name = f"{export_id}-{token_hex(16)}.zip"
        unfinished = self.folder / f"{name}.part"
        try:
            with ZipFile(unfinished, "w", ZIP_DEFLATED) as bundle:
                archive = ExportArchive(bundle, name)
                yield archive
            archive.size_bytes = unfinished.stat().st_size
            unfinished.replace(self.folder / name)
        except OSError as error:
            raise (DiskFull() if is_disk_full(error) else error) from error
        finally:
            unfinished.unlink(missing_ok=True)


@dataclass
class ExportArchive:
    """A zip that is being written. Names are made safe: no name that anyone gave leads out of it."""

    bundle: ZipFile
    name: str
    size_bytes: int = 0
    _used: set[str] = field(default_factory=set)

    def add(self, folder: str, wanted: str, content: bytes) -> None:
        self.bundle.writestr(self._place(folder, wanted), content)

    @contextmanager
    def file(self, folder: str, wanted: str) -> Iterator[IO[bytes]]:
        """To be written piece by piece."""
        with self.bundle.open(self._place(folder, wanted), "w", force_zip64=True) as member:
            yield member

    @contextmanager
    def table(self, name: str, columns: Sequence[str], kind: str) -> Iterator[TableWriter]:
        """`kind` is csv or json; rows are given in batches."""
        with self.bundle.open(f"donnees/{name}.{kind}", "w", force_zip64=True) as member:
            writer = (CsvWriter if kind == "csv" else JsonWriter)(member, tuple(columns))
            yield writer
            writer.end()

    def _place(self, folder: str, wanted: str) -> str:
        stem, dot, ending = re.sub(r"[^\w.-]", "_", wanted).lstrip(".").rpartition(".")
        place, again = f"{folder}/{stem}{dot}{ending}", 1
        while place in self._used:
            again += 1
            place = f"{folder}/{stem}-{again}{dot}{ending}"
        self._used.add(place)
        return place
