"""The mail server, over real SMTP: what it takes, puts off, or refuses for good."""

import socket
import ssl
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from models import Mail
from portail_app.gateways import smtp
from portail_app.gateways.smtp import Undelivered
from portail_app.mails.message import compose
from portail_app.settings import settings
from tests.certificates import certificate_of
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def set_url(monkeypatch):
    def change(url: str | None) -> None:
        if url is None:
            monkeypatch.delenv("SMTP_URL", raising=False)
        else:
            monkeypatch.setenv("SMTP_URL", url)
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def elsewhere(monkeypatch) -> Callable[[MailServer], str]:
    """Its address, by a name of which nothing says that it is this machine's."""
    known = socket.getaddrinfo

    def look_up(host, *asked, **more):
        return known("127.0.0.1" if host == "courrier.example" else host, *asked, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lambda server: server.url.replace("smtp://127.0.0.1", "smtp://portail:bon@courrier.example")


@pytest.fixture
def certificate(tmp_path, monkeypatch) -> ssl.SSLContext:
    """Of courrier.example, which this machine trusts."""
    path = tmp_path / "courrier.pem"
    path.write_bytes(certificate_of("courrier.example"))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def letter(*recipients: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "portail@example.fr"
    message["To"] = ", ".join(recipients or ("alice@example.fr",))
    message["Subject"] = "Accès"
    message.set_content("Bonjour")
    return message


async def refusal_of(message: EmailMessage) -> Undelivered:
    with pytest.raises(Undelivered) as refused:
        await smtp.send(message)
    return refused.value


async def test_a_mail_that_is_taken_arrives_whole(server, set_url):
    set_url(server.url)
    await smtp.send(letter())

    (sent,) = server.mails
    assert (sent["To"], sent["Subject"]) == ("alice@example.fr", "Accès")
    assert sent.get_content().strip() == "Bonjour"


async def test_a_mail_to_an_address_with_an_accent_arrives(server, set_url):
    set_url(server.url)
    mail = Mail(event_key="x", recipient="prénom@exemple.fr", subject="Accès", message_id="<1@portail.example>")
    await smtp.send(compose(mail, "Bonjour", sender="portail@example.fr", sender_name="Régie des eaux"))

    (sent,) = server.mails
    assert (sent["To"], sent["From"]) == ("prénom@exemple.fr", "Régie des eaux <portail@example.fr>")


@pytest.mark.parametrize(("answer", "is_final"), [("451 Plus tard", False), ("550 Inconnu", True), ("554 Non", True)])
async def test_what_the_server_refuses_is_final_only_where_it_says_so(server, set_url, answer, is_final):
    set_url(server.url)
    server.answers = [answer]
    refused = await refusal_of(letter())

    assert refused.is_final is is_final
    assert answer[:3] in str(refused)
    assert server.mails == []


@pytest.mark.parametrize(("answer", "is_final"), [("450 Boîte occupée", False), ("550 Boîte inconnue", True)])
async def test_a_recipient_who_is_refused_is_final_only_where_the_server_says_so(server, set_url, answer, is_final):
    set_url(server.url)
    server.recipients = {"alice@example.fr": answer}
    refused = await refusal_of(letter())

    assert (refused.is_final, server.mails) == (is_final, [])
    assert "Boîte" in str(refused)


async def test_a_server_that_asks_nobodys_name_refuses_ours_and_the_mail_waits_for_the_operator(server, set_url):
    """Its operator can put the password right: nothing is given up."""
    set_url(server.url.replace("smtp://", "smtp://portail:mauvais%40secret@"))
    refused = await refusal_of(letter())

    assert not refused.is_final
    assert "secret" not in str(refused)
    assert server.mails == []


async def test_the_name_and_the_password_in_the_address_are_decoded(set_url):
    with mail_server(logins={"portail@régie": "p@ss:word"}) as server:
        set_url(server.url.replace("smtp://", "smtp://portail%40r%C3%A9gie:p%40ss%3Aword@"))
        await smtp.send(letter())

    assert len(server.mails) == 1


async def test_a_wrong_password_is_not_final(set_url):
    with mail_server(logins={"portail": "bon"}) as server:
        set_url(server.url.replace("smtp://", "smtp://portail:mauvais@"))
        refused = await refusal_of(letter())

    assert (refused.is_final, server.mails) == (False, [])
    assert "535" in str(refused)


async def test_no_password_is_sent_in_clear_to_another_machine(set_url, elsewhere, caplog):
    with mail_server(logins={"portail": "bon"}) as server:
        set_url(elsewhere(server))
        refused = await refusal_of(letter())

    assert (server.passwords, server.mails) == ([], [])
    assert str(refused) == (
        "Le serveur de courrier courrier.example n’offre pas de chiffrement (STARTTLS) : le mot de passe de SMTP_URL "
        "ne lui a pas été envoyé. Réglez smtps://, ou un serveur qui chiffre."
    )
    assert not refused.is_final
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == [str(refused)]


async def test_a_password_goes_to_another_machine_once_what_is_said_is_encrypted(set_url, elsewhere, certificate):
    with mail_server(logins={"portail": "bon"}, certificate=certificate) as server:
        set_url(elsewhere(server))
        await smtp.send(letter())

    assert (server.passwords, len(server.mails)) == ([("bon", True)], 1)


async def test_a_password_goes_to_nobody_whose_certificate_is_not_known(set_url, elsewhere, certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(logins={"portail": "bon"}, certificate=certificate) as server:
        set_url(elsewhere(server))
        refused = await refusal_of(letter())

    assert (server.passwords, server.mails, refused.is_final) == ([], [], False)
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_on_the_machine_itself_there_is_nobody_on_the_way(set_url, host):
    with mail_server(logins={"portail": "bon"}) as server:
        set_url(server.url.replace("smtp://127.0.0.1", f"smtp://portail:bon@{host}"))
        await smtp.send(letter())

    assert (server.passwords, len(server.mails)) == ([("bon", False)], 1)


async def test_where_there_is_no_password_a_mail_goes_to_another_machine_as_it_can(server, set_url, elsewhere):
    set_url(elsewhere(server).replace("portail:bon@", ""))
    await smtp.send(letter())

    assert len(server.mails) == 1


@pytest.mark.parametrize("url", ["smtp://portail:mon/secret@mail.fr", "smtp://a:mon#secret@mail.fr", "smtp://[mon"])
async def test_an_address_that_cannot_be_read_is_said_without_the_password(set_url, caplog, url):
    set_url(url)
    refused = await refusal_of(letter())

    assert not refused.is_final
    assert str(refused).startswith("SMTP_URL ne se lit pas : ")
    assert "mon" not in caplog.text + str(refused) + str(refused.__cause__)


async def test_without_a_server_the_reason_names_the_setting(set_url):
    set_url(None)
    refused = await refusal_of(letter())

    assert str(refused) == "Aucun serveur de courrier n’est réglé (SMTP_URL)."
    assert not refused.is_final


@pytest.mark.parametrize(
    "url", ["smtp://127.0.0.1:9", "smtps://127.0.0.1:9", "smtp://serveur.invalid", "smtp://127.0.0.1:9/?x=1"]
)
async def test_a_server_that_does_not_answer_is_tried_again(set_url, url):
    set_url(url)
    refused = await refusal_of(letter())

    assert not refused.is_final
    assert len(str(refused)) <= 500


async def test_a_server_that_says_nothing_is_not_waited_for_for_ever(set_url, monkeypatch):
    monkeypatch.setattr(smtp, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_url(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        refused = await refusal_of(letter())

    assert not refused.is_final
    assert "Timeout" in str(refused)


async def test_a_server_without_tls_is_not_spoken_to_where_tls_is_asked_for(server, set_url):
    set_url(server.url.replace("smtp://", "smtps://"))
    refused = await refusal_of(letter())

    assert (refused.is_final, server.mails) == (False, [])


async def test_a_very_long_answer_is_cut(server, set_url):
    set_url(server.url)
    server.answers = ["451 " + "x" * 900]
    assert len(str(await refusal_of(letter()))) <= 500
