"""`python -m bench`: every bench is run, whatever the others do, and every figure is written with its command."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as runner
from bench.report import COLUMNS, is_figure, row_of, write_results
from portail_app.settings import ROOT

HEAD = 'print("| what | measured | reference | note |"); print("|---|---|---|---|")'
GOOD = f'"""python -m bench.good"""\n{HEAD}\nprint("about to measure")\nprint("| toggles | 1 ms | 2 ms | half |")'
SHORT = '"""python -m bench.short"""\nprint("| visits | 3 KB |")\nprint("| visits, slow | 4 KB |")'
BROKEN = '"""python -m bench.broken"""\nprint("| half | 1 |", flush=True)\nraise SystemExit(3)'
SILENT = '"""python -m bench.silent"""\nprint("nothing measured")'
NO_BENCH = '"""What others use."""\nprint("| never | run |")'


@pytest.fixture
def benches(tmp_path, monkeypatch) -> Path:
    """A folder of benches of a line each, which take a moment: what `-m bench.NAME` finds from there."""
    folder = tmp_path / "bench"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runner, "FOLDER", folder)
    monkeypatch.setattr(runner, "RESULTS", folder / "RESULTS.md")
    return folder


def write(folder: Path, **modules: str) -> None:
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source)


def figures(folder: Path) -> list[str]:
    return [line for line in (folder / "RESULTS.md").read_text().splitlines() if is_figure(line)]


def test_every_bench_is_run_and_each_figure_is_a_row_with_its_command(benches, capfd):
    write(benches, good=GOOD, short=SHORT, tools=NO_BENCH)

    assert runner.main([]) == 0
    assert figures(benches) == [
        "| toggles | 1 ms | 2 ms | half | `python -m bench.good` |",
        "| visits | 3 KB |  |  | `python -m bench.short` |",
        "| visits, slow | 4 KB |  |  | `python -m bench.short` |",
    ]
    assert "about to measure" in capfd.readouterr().out


def test_one_that_fails_is_told_and_the_others_are_run_all_the_same(benches, capfd):
    write(benches, broken=BROKEN, good=GOOD)

    assert runner.main([]) == 1
    assert len(figures(benches)) == 2
    assert "`broken` failed with code 3 in this run." in (benches / "RESULTS.md").read_text()
    assert "FAILED: broken failed with code 3" in capfd.readouterr().out


def test_one_that_measures_nothing_has_failed(benches):
    write(benches, silent=SILENT)

    assert runner.main([]) == 1
    assert "`silent` printed no figure in this run." in (benches / "RESULTS.md").read_text()


def test_it_says_how_long_each_took(benches, capfd):
    write(benches, good=GOOD, short=SHORT)
    runner.main([])

    said = capfd.readouterr().out
    assert "good: 1 figures in " in said
    assert "short: 2 figures in " in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.04, "0.0 s"), (4.26, "4.3 s"), (59.4, "59.4 s"), (60, "1 min 00 s"), (754.6, "12 min 35 s")],
)
def test_a_duration_is_said_in_minutes_where_it_is_long(seconds, said):
    assert runner._duration(seconds) == said


def test_those_that_are_named_are_run_alone_and_the_results_are_left(benches, capfd):
    write(benches, good=GOOD, broken=BROKEN)
    (benches / "RESULTS.md").write_text("former")

    assert runner.main(["good"]) == 0
    assert (benches / "RESULTS.md").read_text() == "former"
    assert "broken" not in capfd.readouterr().out


def test_a_name_that_is_none_runs_nothing_and_names_those_that_are(benches, capfd):
    write(benches, good=GOOD, short=SHORT)

    assert runner.main(["good", "tools", "goood"]) == 2
    told = capfd.readouterr()
    assert told.err == "No such bench: goood, tools. There are: good, short.\n"
    assert told.out == ""


def test_the_former_results_stay_until_there_are_others(benches, monkeypatch):
    (benches / "RESULTS.md").write_text("former")
    monkeypatch.setattr("bench.report._machine", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_results(benches / "RESULTS.md", [], [])
    assert (benches / "RESULTS.md").read_text() == "former"


def test_the_results_say_what_they_were_measured_on(benches):
    write_results(benches / "RESULTS.md", ["| a | b |  |  | `c` |"], [])
    text = (benches / "RESULTS.md").read_text()

    assert all(word in text for word in ("cores", "GiB", "Python 3", "reflex 0.10"))
    assert f"| {' | '.join(COLUMNS)} | command |\n|---|---|---|---|---|\n| a | b |  |  | `c` |\n" in text
    assert [path.name for path in benches.iterdir() if path.suffix == ".new"] == []


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("| a | b | c | d |\n", "| a | b | c | d | `x` |"),
        ("| a |", "| a |  |  |  | `x` |"),
        ("| a | b | c | d | python -m bench.a --pages 3 |", "| a | b | c | d | `x` |"),
    ],
)
def test_a_row_has_four_cells_and_its_command(line, row):
    assert row_of(line, "x") == row


@pytest.mark.parametrize("line", ["|---|---|", "| what | measured |", "measuring |", "", "|a|"])
def test_what_is_no_figure_is_no_row(line):
    assert not is_figure(line)


def test_every_module_of_the_folder_says_what_it_is_for_and_benches_can_be_run_by_themselves():
    names = set(runner._benches())
    for module in (ROOT / "bench").glob("*.py"):
        source = module.read_text()
        assert source.startswith('"""'), module.name
        if module.stem in names:
            assert 'if __name__ == "__main__":' in source, module.name


def test_the_runner_is_no_bench_of_its_own():
    assert {"__main__", "report", "world", "server"}.isdisjoint(runner._benches())


@pytest.mark.parametrize("name", sorted(runner._benches()))
def test_a_bench_says_what_can_be_changed_of_it_without_measuring_anything(name):
    """Its imports are complete too: nobody runs them all at each change."""
    command = [sys.executable, "-m", f"bench.{name}", "--help"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert told.returncode == 0, told.stderr
    assert "usage:" in told.stdout


def test_a_real_bench_with_tiny_parameters_prints_figures():
    command = [sys.executable, "-m", "bench.invoice_pdfs", "--bills", "1", "--rounds", "1"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    rows = [line for line in told.stdout.splitlines() if is_figure(line)]

    assert rows, told.stderr
    assert all("invoice PDFs" in row and "reportlab" in row for row in rows)
