"""Private files: named by their content, whole or absent."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from portail_app.errors import DiskFull
from portail_app.gateways import file_store
from portail_app.gateways.file_store import FileStore

CONTENT = b"%PDF-1.4 une facture"
KEY = hashlib.sha256(CONTENT).hexdigest()


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_found_by_the_key_of_its_content(tmp_path: Path):
    store = FileStore(tmp_path)

    assert store.add(CONTENT) == KEY
    assert store.path_of(KEY).read_bytes() == CONTENT


def test_the_same_content_is_kept_once(tmp_path: Path):
    store = FileStore(tmp_path)
    store.add(CONTENT)
    written = store.path_of(KEY).stat().st_ino
    store.add(CONTENT)

    assert files_under(tmp_path) == [store.path_of(KEY)]
    assert store.path_of(KEY).stat().st_ino == written


def test_nobody_but_the_portal_reads_the_folder(tmp_path: Path):
    store = FileStore(tmp_path / "files")
    store.add(CONTENT)

    assert stat.S_IMODE(store.path_of(KEY).parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.path_of(KEY).stat().st_mode) == 0o600


@pytest.mark.parametrize("key", ["../../etc/passwd", "", KEY.upper(), KEY + "/", f"{KEY}\n", KEY[:-1]])
def test_only_a_key_is_ever_a_path(tmp_path: Path, key: str):
    with pytest.raises(ValueError, match="not a key"):
        FileStore(tmp_path).path_of(key)


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file_store.os, "fsync", refuse)
    with pytest.raises(DiskFull):
        FileStore(tmp_path).add(CONTENT)
    monkeypatch.undo()

    assert files_under(tmp_path) == []
    assert FileStore(tmp_path).add(CONTENT) == KEY


def test_it_is_on_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(file_store.os, "fsync", lambda number: (steps.append("fsync"), sync(number))[1])
    monkeypatch.setattr(Path, "replace", lambda path, target: (steps.append("rename"), replace(path, target))[1])

    FileStore(tmp_path).add(CONTENT)

    assert steps == ["fsync", "rename", "fsync"]
