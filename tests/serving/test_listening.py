"""The port: claimed at once, refused in a sentence."""

import socket

import pytest

from portail_app.serving.listening import PortTaken, claim
from tests.backend import free_port


def test_a_taken_port_is_refused_with_the_way_out():
    port = free_port()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(PortTaken) as refused:
        claim("localhost", port)

    assert str(refused.value) == f"Le port {port} est déjà pris. Choisissez-en un autre : PORT={port + 1}"


def test_a_port_taken_on_every_interface_is_refused_too():
    port = free_port()
    with socket.create_server(("0.0.0.0", port)), pytest.raises(PortTaken):
        claim("localhost", port)


def test_a_claimed_port_cannot_be_claimed_again():
    port = free_port()
    claimed = claim("127.0.0.1", port)

    with pytest.raises(PortTaken):
        claim("127.0.0.1", port)
    for bound in claimed:
        bound.close()


def test_who_connects_to_a_claimed_port_waits_until_it_is_served():
    port = free_port()
    claimed = claim("127.0.0.1", port)

    with socket.create_connection(("127.0.0.1", port)) as early:
        connection, _ = claimed[0].accept()
        connection.sendall(b"served")
        assert early.recv(6) == b"served"
    for bound in (connection, *claimed):
        bound.close()
