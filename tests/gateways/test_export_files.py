"""The private zip files of exports: whole or absent, named at random, and no name leads out of them."""

import stat
import zipfile
from pathlib import Path

import pytest

from portail_app.gateways.export_files import NAME, ExportFiles


@pytest.fixture
def store(tmp_path: Path) -> ExportFiles:
    return ExportFiles(tmp_path / "exports")


def test_it_has_its_name_and_its_size_once_it_is_whole(store):
    with store.writing(7) as archive:
        archive.add("documents", "bail.pdf", b"%PDF")
        assert not store.path_of(archive.name).exists()
    path = store.path_of(archive.name)
    assert zipfile.ZipFile(path).read("documents/bail.pdf") == b"%PDF"
    assert archive.size_bytes == path.stat().st_size > 0
    assert [one.name for one in store.folder.iterdir()] == [archive.name]


def test_no_two_have_the_same_name_and_none_can_be_guessed(store):
    names = set()
    for number in range(5):
        with store.writing(number) as archive:
            names.add(archive.name)
    assert len({name.partition("-")[2] for name in names}) == 5
    assert all(NAME.fullmatch(name) and len(name) > 36 for name in names)


def test_a_block_that_fails_leaves_nothing(store):
    def fail():
        with store.writing(7) as archive:
            archive.add("documents", "bail.pdf", b"%PDF")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(store.folder.iterdir()) == []


def test_begun_again_it_takes_the_place_of_what_was_left_of_itself_only(store):
    for number in (7, 77):
        with store.writing(number):
            pass
    (store.folder / f"7-{'0' * 32}.zip.part").write_bytes(b"half")
    with store.writing(7) as archive:
        pass
    left = sorted(path.name for path in store.folder.iterdir())
    assert [name.partition("-")[0] for name in left] == ["7", "77"]
    assert archive.name in left


def test_nobody_but_the_portal_reads_the_folder(store):
    with store.writing(7):
        pass
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["", "x", "../1-" + "0" * 32 + ".zip", "1-" + "0" * 31 + ".zip", "1-" + "0" * 32 + ".zip\n", "-1.zip"]
)
def test_only_the_name_of_an_export_is_ever_a_path(store, name):
    with pytest.raises(ValueError, match="not the name"):
        store.path_of(name)


def test_removing_twice_or_what_was_never_made_changes_nothing(store):
    with store.writing(7) as archive:
        pass
    for name in (archive.name, archive.name, ""):
        store.remove(name)
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("bail.pdf", "bail.pdf"),
        ("Relevé d’identité.pdf", "Relevé_d_identité.pdf"),
        ("../../etc/passwd.pdf", "_.._etc_passwd.pdf"),
        ("/etc/passwd.pdf", "_etc_passwd.pdf"),
        ("C:\\x.pdf", "C__x.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("a\0b\n.pdf", "a_b_.pdf"),
        ("archive.tar.gz", "archive.tar.gz"),
    ],
)
def test_a_name_is_kept_as_far_as_it_can_do_no_harm(store, wanted, kept):
    with store.writing(7) as archive:
        archive.add("documents", wanted, b"x")
    assert zipfile.ZipFile(store.path_of(archive.name)).namelist() == [f"documents/{kept}"]


def test_of_one_name_each_has_a_number_and_folders_do_not_count_together(store):
    with store.writing(7) as archive:
        for folder in ("documents", "documents", "factures", "documents"):
            archive.add(folder, "a.b.pdf", folder.encode())
        with archive.file("factures", "a.b.pdf") as member:
            member.write(b"in pieces")
    assert zipfile.ZipFile(store.path_of(archive.name)).namelist() == [
        "documents/a.b.pdf",
        "documents/a.b-2.pdf",
        "factures/a.b.pdf",
        "documents/a.b-3.pdf",
        "factures/a.b-2.pdf",
    ]
