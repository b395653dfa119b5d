"""What a person sees of what went wrong: a sentence, a way back, or the number of an incident, and never more."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from portail_app.errors import Forbidden, Invalid, NotFound, NotSignedIn, TooManyTries, Unavailable
from portail_app.presenter import present


def asked(event) -> dict[str, object]:
    return {str(name): json.loads(str(value)) for name, value in event.args if str(value).startswith(("[", '"'))}


def told(exception: Exception) -> list[str]:
    """The words and the kind of the toast."""
    found = asked(present(exception))
    assert found["function"] == "showToast"
    words = found["arguments"]
    assert isinstance(words, list)
    return words


@pytest.mark.parametrize(
    "refusal", [NotFound("Facture"), Forbidden(), Invalid("Donnez un titre."), TooManyTries(60)], ids=repr
)
def test_a_refusal_is_its_sentence(refusal, caplog):
    assert told(refusal) == [refusal.sentence, "warning"]
    assert caplog.records == []


@pytest.mark.parametrize("path", ["/factures", "/factures?annee=2026&page=2", "/contrats/C%2F1", "//evil.example"])
def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(path):
    event = str(present(NotSignedIn(path)))
    address = next(part for part in re.findall(r"/connexion\?[^\"\\']+", event))

    assert urlsplit(address).path == "/connexion"
    assert parse_qs(urlsplit(address).query) == {"retour": [path]}


def test_a_pause_of_the_database_is_said_as_one_and_not_as_a_bug(caplog):
    assert told(psycopg.OperationalError("connection refused at 10.0.0.3")) == [Unavailable.sentence, "warning"]
    assert "Incident" not in caplog.text


@pytest.mark.parametrize("bug", [KeyError("amount"), ValueError("secret of the house"), ZeroDivisionError()], ids=repr)
def test_a_bug_is_a_number_to_the_person_and_the_whole_of_it_to_the_log(bug, caplog):
    sentence, kind = told(bug)
    number = re.search(r"donnez au service ce numéro : ([0-9a-f]{8})\.$", sentence)

    assert kind == "danger"
    assert number
    assert f"Incident {number[1]}" in caplog.text
    assert caplog.records[0].exc_info[1] is bug
    assert "secret" not in sentence


def test_two_incidents_have_two_numbers():
    assert told(KeyError("a")) != told(KeyError("a"))
