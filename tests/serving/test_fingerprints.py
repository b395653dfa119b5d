"""What tells a thing that must be made again from one that must not."""

from pathlib import Path

from portail_app.serving.fingerprints import fingerprint, is_current, stamp


def test_a_changed_source_changes_the_fingerprint(tmp_path: Path):
    (tmp_path / "page.py").write_text("one")
    before = fingerprint(tmp_path)

    (tmp_path / "page.py").write_text("two")

    assert fingerprint(tmp_path) != before


def test_a_renamed_source_changes_the_fingerprint(tmp_path: Path):
    (tmp_path / "page.py").write_text("one")
    before = fingerprint(tmp_path)

    (tmp_path / "page.py").rename(tmp_path / "other.py")

    assert fingerprint(tmp_path) != before


def test_what_python_and_reflex_write_themselves_changes_nothing(tmp_path: Path):
    (tmp_path / "page.py").write_text("one")
    before = fingerprint(tmp_path, "3.11")

    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "page.pyc").write_text("compiled")

    assert fingerprint(tmp_path, "3.11") == before
    assert fingerprint(tmp_path, "3.12") != before


def test_what_was_cut_short_is_made_again(tmp_path: Path):
    stamped = tmp_path / "made" / "stamp"

    assert not is_current(stamped, "abc")
    stamped.parent.mkdir()
    stamped.with_name("stamp.new").write_text("abc")
    assert not is_current(stamped, "abc")

    stamp(stamped, "abc")
    assert is_current(stamped, "abc")
    assert not is_current(stamped, "abd")
