"""Runs every bench and writes `bench/RESULTS.md`: each figure with its command and its reference of the same run.

    python -m bench [NAME...]      all of them, or those named (`python -m bench invoice_pdfs`), which writes nothing

A bench is a module that can be run by itself and prints rows of a Markdown table: what, measured, reference, note. One
that fails, or prints no figure, is told at the end and in the results; the others are run all the same.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.report import is_figure, row_of, write_results

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"


class Outcome(NamedTuple):
    """What one bench printed, and how long it took; `failure` is empty where it did what it is for."""

    bench: str
    rows: tuple[str, ...]
    seconds: float
    failure: str


def main(names: list[str]) -> int:
    """The exit code: 1 where a bench failed, once the others have run."""
    known = sorted(_benches())
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"No such bench: {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    outcomes = [_run(bench) for bench in names or known]
    failures = [f"`{one.bench}` {one.failure}" for one in outcomes if one.failure]
    if not names:
        write_results(RESULTS, [row for one in outcomes for row in one.rows], failures)
    _summarise(outcomes)
    return 1 if failures else 0


def _benches() -> Iterator[str]:
    for module in FOLDER.glob("*.py"):
        if f"python -m bench.{module.stem}" in module.read_text():
            yield module.stem


def _run(bench: str) -> Outcome:
    command = f"python -m bench.{bench}"
    print(f"{command} ...", flush=True)
    began, rows = time.monotonic(), []
    with subprocess.Popen([sys.executable, "-m", f"bench.{bench}"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if is_figure(line):
                rows.append(row_of(line, command))
    return Outcome(bench, tuple(rows), time.monotonic() - began, _failure(process.returncode, rows))


def _failure(code: int, rows: list[str]) -> str:
    if code:
        return f"failed with code {code}"
    return "" if rows else "printed no figure"


def _summarise(outcomes: list[Outcome]) -> None:
    """How long each took, and what went wrong last, where it is seen."""
    print()
    for one in outcomes:
        print(f"{one.bench}: {len(one.rows)} figures in {_duration(one.seconds)}")
    for one in outcomes:
        if one.failure:
            print(f"FAILED: {one.bench} {one.failure}")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
