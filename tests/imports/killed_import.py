"""An import that is killed, as by `kill -9`, right after the function named has returned.

python -m tests.imports.killed_import URL FOLDER FILES MODULE:FUNCTION
"""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun


def main(url: str, folder: str, files: str, step: str) -> None:
    module, _, name = step.partition(":")
    owner = import_module(module)
    setattr(owner, name, _fatal(getattr(owner, name)))
    with RefusalLog() as log:
        ImportRun(url, FileStore(Path(files)), log).execute([Path(folder)])


def _fatal(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> None:
        function(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    return call


if __name__ == "__main__":
    main(*sys.argv[1:])
