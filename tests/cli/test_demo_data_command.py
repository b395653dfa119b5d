"""`portail demo-data`, as an operator types it."""

from pathlib import Path

from click.testing import CliRunner, Result

from portail_app.cli import main


def portail(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8-sig").splitlines())


def test_it_writes_the_files_and_says_what_to_do_with_them(tmp_path: Path):
    result = portail("demo-data", "--subscribers", 20, "--seed", 3, "--out", tmp_path, "--today", "2026-11-22")

    assert result.exit_code == 0
    assert f"portail import {tmp_path}" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "abonnes.csv",
        "agents.csv",
        "collectivites.csv",
        "compteurs.csv",
        "contrats.csv",
        "factures.csv",
        "factures_contrats.csv",
        "lignes.csv",
        "parties.csv",
        "pdf",
        "points.csv",
        "releves.csv",
        "tarifs.csv",
        "volumes_journaliers.csv",
    ]
    assert lines(tmp_path / "abonnes.csv") == 1 + 20
    assert lines(tmp_path / "factures.csv") >= 1 + 20 * 8 + 1


def test_lines_may_be_left_out(tmp_path: Path):
    portail("demo-data", "--subscribers", 20, "--out", tmp_path, "--no-lines")

    assert not (tmp_path / "lignes.csv").exists()
    assert (tmp_path / "factures.csv").exists()


def test_fewer_than_a_handful_is_refused(tmp_path: Path):
    result = portail("demo-data", "--subscribers", 3, "--out", tmp_path)

    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
