"""Imports a folder and prints the peak of the process's memory, in megabytes.

python -m tests.imports.measured_import URL FOLDER
"""

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun


def main(url: str, folder: str) -> None:
    with RefusalLog() as log, TemporaryDirectory() as files:
        ImportRun(url, FileStore(Path(files)), log).execute([Path(folder)])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
