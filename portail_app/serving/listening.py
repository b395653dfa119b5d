"""The port that the portal answers on: claimed before anything else is done, so that a taken one is said at once."""

import errno
import socket

BACKLOG = 2048


class PortTaken(Exception):
    """Somebody else listens on the port; the message says how to choose another."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Le port {port} est déjà pris. Choisissez-en un autre : PORT={port + 1}")


def claim(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of `host` (`localhost` has two); who connects waits until they are served."""
    addresses = dict.fromkeys(
        (family, address) for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return [claimed for family, address in addresses if (claimed := _bind(family, address, port))]


def _bind(family: int, address: tuple[object, ...], port: int) -> socket.socket | None:
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        bound.bind(address)
        bound.listen(BACKLOG)  # bound only, the address could be bound by another too
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from error
        if error.errno == errno.EADDRNOTAVAIL and family == socket.AF_INET6:
            return None  # a machine without IPv6 may still name ::1
        raise
    return bound
