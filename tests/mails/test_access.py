"""What the mails about access say, in the manuals' words."""

from datetime import UTC, datetime, timedelta

from portail_app.mails import access

SENDER = access.Sender("Régie des eaux", "https://portail.example")
LINK = "https://portail.example/mot-de-passe?lien=abc"
ENDS = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)


def test_the_activation_mail_says_what_the_manual_says():
    text = access.activation(SENDER, LINK, timedelta(hours=24), ENDS)
    assert "Vous avez demandé l'activation de votre espace sur le portail des factures." in text
    assert f"Cliquez sur le lien suivant ou copiez le dans votre navigateur\n{LINK}\n" in text
    assert "pour définir votre mot de passe et finaliser la procédure d'activation." in text
    assert "Merci de ne pas répondre à ce message." in text
    assert "Ce lien ne sera valide que pendant 24 h, jusqu'au 22/11/2026 à\u00a010:40." in text


def test_the_renewal_mail_warns_who_has_asked_for_nothing():
    text = access.renewal(SENDER, "alice@example.fr", LINK, timedelta(minutes=10), ENDS)
    assert "pour le compte alice@example.fr" in text
    assert LINK in text
    assert "Ce lien ne sera valide que pendant 10 mn" in text
    assert (
        "Attention ! Si vous n'avez pas demandé de renouvellement de mot de passe, "
        "veuillez en informer votre administrateur." in text
    )


def test_who_has_an_account_already_is_told_where_to_go():
    text = access.already_active(SENDER)
    assert "il existe déjà un compte actif avec cette adresse mail" in text
    assert "https://portail.example/mot-de-passe-oublie" in text


def test_who_gave_no_code_is_told_what_it_is():
    text = access.code_needed(SENDER)
    assert "numéro d'abonné" in text
    assert "https://portail.example/activation" in text


def test_every_mail_is_signed_by_the_utility():
    texts = (access.already_active(SENDER), access.code_needed(SENDER))
    assert all("Salutations distinguées,\nRégie des eaux\n" in text for text in texts)


def test_hours_that_are_not_whole_are_said_in_minutes():
    assert "pendant 90 mn" in access.activation(SENDER, LINK, timedelta(minutes=90), ENDS)
