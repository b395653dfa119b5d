"""The bad moments of the database and of the disk: what is nobody's mistake, and passes."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy.exc

from portail_app.errors import Refusal, Unavailable

TROUBLES = (
    psycopg.OperationalError,  # away, starting, full, too busy, too slow, or somebody else's lock
    psycopg.errors.IdleInTransactionSessionTimeout,
    sqlalchemy.exc.TimeoutError,  # no connection is free
)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
EXTENDING = {"mdextend", "mdzeroextend"}  # src/backend/storage/smgr/md.c
log = logging.getLogger(__name__)


@contextmanager
def unavailable_in_trouble() -> Iterator[None]:
    """Inside, a trouble of the database is refused as Unavailable; anything else is raised as it is."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        trouble = find_trouble(error)
        if trouble is None:
            raise
        log.warning("The database is in trouble: %s", str(trouble).partition("\n")[0])
        raise Unavailable from error


def find_trouble(error: BaseException) -> BaseException | None:
    """The trouble that an error comes from, through what wraps it (SQLAlchemy, procrastinate); None where none does."""
    return next((cause for cause in _causes(error) if isinstance(cause, TROUBLES) or _cannot_grow(cause)), None)


def is_disk_full(error: BaseException) -> bool:
    """Whether it was for lack of room, in PostgreSQL or in our own files."""
    return any(_cannot_grow(cause) or (isinstance(cause, OSError) and cause.errno in FULL) for cause in _causes(error))


def _cannot_grow(error: BaseException) -> bool:
    """A quota or a ulimit on PostgreSQL's files is an internal error to it, known by the function that extends them."""
    is_limit = isinstance(error, psycopg.errors.InternalError_) and error.diag.source_function in EXTENDING
    return is_limit or isinstance(error, psycopg.errors.DiskFull)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
