"""A mail's form on the wire."""

from datetime import UTC, datetime

import pytest

from models import Mail
from portail_app.mails.message import as_html, compose


def test_a_mail_is_plain_text_and_the_same_as_html():
    message = composed("Bonjour,\n\nVotre lien : https://portail.example/a?lien=x&b=1\n")

    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "https://portail.example/a?lien=x&b=1" in message.get_body(("plain",)).get_content()
    assert '<a href="https://portail.example/a?lien=x&amp;b=1">' in message.get_body(("html",)).get_content()


def test_no_machine_answers_it():
    message = composed()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "fr"


def test_it_says_when_it_was_written_and_is_the_same_when_sent_twice():
    assert composed()["Date"].datetime == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert composed()["Message-ID"] == "<1@portail.example>"


def test_accents_survive():
    message = composed(subject="Accès au portail", sender_name="Régie de l’eau")
    assert message["Subject"] == "Accès au portail"
    assert "Régie de l’eau" in message["From"]
    assert b"Acc" in bytes(message)


@pytest.mark.parametrize("recipient", ["", "alice", "a b@example.fr", "alice@example.fr\nBcc: tous@example.fr"])
def test_an_address_that_is_none_is_refused(recipient):
    with pytest.raises((ValueError, IndexError)):
        composed(recipient=recipient)


@pytest.mark.parametrize("recipient", ["prénom.nom@exemple.fr", "alice@régie.fr", "o'neil+factures@example.fr"])
def test_an_address_with_an_accent_is_written_as_it_is(recipient):
    assert composed(recipient=recipient)["To"] == recipient


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_a_subject_is_one_line_whatever_it_was_made_of(end):
    """Else the mail would never leave; and what follows is no header."""
    message = composed(subject=f"Nouvelle demande : Fuite{end}Bcc: tous@example.fr")
    assert message["Subject"] == "Nouvelle demande : Fuite Bcc: tous@example.fr"
    assert message["Bcc"] is None


def test_what_is_not_the_end_of_a_line_stays_in_the_subject():
    assert composed(subject="243,11\u00a0€ : réglé")["Subject"] == "243,11\u00a0€ : réglé"


def test_a_name_cannot_add_a_header():
    with pytest.raises(ValueError, match="CR or LF"):
        composed(sender_name="Régie\r\nBcc: tous@example.fr")


def test_what_people_wrote_is_not_markup():
    html = as_html('<script>alert(1)</script> "a" & b\nsuite')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<br>suite" in html


def test_a_link_cannot_leave_its_attribute():
    assert 'href="https://a.example/&#x27;"' not in as_html('https://a.example/"onclick="x')
    assert "onclick=&quot;x" in as_html('https://a.example/"onclick="x')


def composed(text="Bonjour", *, recipient="alice@example.fr", subject="Accès", sender_name="Régie"):
    mail = Mail(
        event_key="essai",
        recipient=recipient,
        subject=subject,
        message_id="<1@portail.example>",
        created_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    )
    return compose(mail, text, sender="ne-pas-repondre@portail.example", sender_name=sender_name)
