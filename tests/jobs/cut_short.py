"""A job that dies while it writes: the database cuts its connection at the mail to somebody, until it is mended."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.jobs.outbox import run_sql

CUT = """
    CREATE FUNCTION cut_the_line() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_terminate_backend(pg_backend_pid());
        RETURN NEW;
    END $$
"""


@contextmanager
def dying_at_the_mail_to(recipient: str) -> Iterator[None]:
    run_sql(CUT)
    run_sql(
        "CREATE TRIGGER cut_the_line BEFORE INSERT ON mail FOR EACH ROW"
        f" WHEN (NEW.recipient = '{recipient}') EXECUTE FUNCTION cut_the_line()"
    )
    try:
        yield
    finally:
        run_sql("DROP FUNCTION cut_the_line() CASCADE")
