"""A bucket of any S3-compatible store: where it is, and how long one waits for it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import S3Store

from portail_app.errors import NotFound, NotKept, Unavailable

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config  # known to type checkers only

PATIENCE: "ClientConfig" = {"connect_timeout": "5s", "timeout": "5m"}
RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}  # a person is waiting
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bucket:
    """Where it is. An empty secret: what the machine itself is allowed (instance metadata, `AWS_*`)."""

    name: str
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: str = ""

    @cached_property
    def client(self) -> S3Store:
        config: S3Config = {"region": self.region}
        if self.endpoint:
            config["endpoint"] = self.endpoint
        if self.access_key:
            config |= {"access_key_id": self.access_key, "secret_access_key": self.secret_key}
        options: ClientConfig = {**PATIENCE, "allow_http": self.endpoint.startswith("http://")}
        return S3Store(self.name, config=config, client_options=options, retry_config=RETRIES)


@contextmanager
def explained(trouble_is: type[Unavailable] = Unavailable) -> Iterator[None]:
    """What is missing when something is written is the bucket itself."""
    try:
        yield
    except FileNotFoundError as missing:
        raise (NotKept() if trouble_is is NotKept else NotFound("Fichier")) from missing
    except (BaseError, OSError) as trouble:
        log.warning("The store of files is in trouble: %s", str(trouble).partition("\n")[0])
        raise trouble_is from trouble
