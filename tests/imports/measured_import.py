"""Imports a folder and prints the peak of the process's memory, in megabytes.

python -m tests.imports.measured_import URL FOLDER
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun


def main(url: str, folder: str) -> None:
    with RefusalLog() as log, TemporaryDirectory() as files:
        ImportRun(url, FileStore(Path(files)), log).execute([Path(folder)])
    print(peak_megabytes())


def peak_megabytes() -> int:
    """Of this program only: `getrusage` would count what the parent had before it started this one."""
    peak = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    assert peak is not None
    return int(peak[1]) // 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
