"""What is written about a person's own affairs: each time so that whoever did not ask for it knows what to do."""

import pytest

from models import RequestStatus
from portail_app.mails import campaigns, documents, personal, readings, requests
from tests.mails.letters import CAMPAIGN, CONTRACT, LINK, SENDER, message, request, sent_reading

MINE = "https://portail.example/donnees-personnelles"


class TestAnAddress:
    def test_the_new_one_is_proven_by_a_link_that_ends_and_serves_once(self):
        text = personal.new_address(SENDER, LINK, "22/11/2026 à 10:40")

        assert f"copiez le dans votre navigateur\n{LINK}\npour valider votre nouvelle adresse mail." in text
        assert "ne servira qu’une fois, jusqu’au 22/11/2026 à 10:40." in text
        assert "votre ancienne adresse reste la bonne" in text

    def test_the_former_one_is_told_before_and_after_without_the_link(self):
        asked = personal.address_asked(SENDER, "alice@example.com")
        changed = personal.address_changed(SENDER, "alice@example.com")

        assert "remplacer cette adresse mail par alice@example.com" in asked
        assert "Rien ne change tant que la nouvelle adresse n’a pas été validée." in asked
        assert f"prévenez votre service sans attendre.\n{MINE}\n" in asked
        assert "a été remplacée par alice@example.com" in changed
        assert "les liens qui y ont été envoyés ne servent plus" in changed
        assert LINK not in asked + changed

    def test_the_service_is_asked_to_write_it_into_billing(self):
        text = personal.address_changed_service("100001", "Alice Martin", "a@example.fr", "b@example.fr")

        assert "L’abonné 100001 (Alice Martin)" in text
        assert "Ancienne adresse : a@example.fr\nNouvelle adresse : b@example.fr\n" in text
        assert "Merci de la reporter dans le logiciel de facturation." in text


def test_a_new_password_is_told_with_its_hour_and_the_way_back():
    text = personal.password_changed(SENDER, "22/11/2026 à 10:40")

    assert "a été changé le 22/11/2026 à 10:40. Vos autres sessions ont été fermées." in text
    assert "https://portail.example/mot-de-passe-oublie\n" in text


@pytest.mark.parametrize(
    ("wants_paper", "words"), [(True, "recevoir à nouveau les factures"), (False, "ne plus recevoir les factures")]
)
def test_paper_is_said_in_the_same_words_to_both_sides(wants_paper, words):
    service = personal.paper_service("100001", "Alice", "alice@example.fr", "22/11/2026", wants_paper=wants_paper)
    confirmed = personal.paper_confirmed(SENDER, "100001", "22/11/2026", wants_paper=wants_paper)

    assert f"a demandé à {words} au format papier." in service
    assert "le 22/11/2026, par alice@example.fr." in service
    assert f"vous avez demandé à {words} au format papier pour l’abonnement 100001." in confirmed
    assert MINE in confirmed


def test_a_copy_of_all_data_is_announced_and_not_attached():
    text = personal.export_ready(SENDER, "29/11/2026")

    assert f"jusqu’au 29/11/2026 :\n{MINE}/mes-donnees\n" in text
    assert "changez votre mot de passe" in text


class TestDelegates:
    @pytest.mark.parametrize(
        ("may_pay", "words"), [(True, "à voir et payer ses factures sur"), (False, "à voir ses factures sur")]
    )
    def test_who_is_invited_reads_what_they_may_do_and_both_ways_in(self, may_pay, words):
        text = personal.delegate_invited(SENDER, "Alice Martin", "b@example.fr", "29/11/2026", may_pay=may_pay)

        assert f"Alice Martin vous invite {words} le portail" in text
        assert f"{MINE}/personnes-autorisees\n" in text
        assert "https://portail.example/activation\n" in text
        assert "Si vous ne connaissez pas cette personne, vous n’avez rien à faire." in text

    def test_the_holder_hears_who_came_in_and_how_to_put_them_out(self):
        text = personal.delegate_accepted(SENDER, "b@example.fr", "100001")

        assert "b@example.fr a accepté votre invitation et a maintenant accès à l’abonnement 100001." in text
        assert "Si ce n’est pas vous, changez votre mot de passe" in text

    def test_who_is_put_out_hears_since_when(self):
        assert "Depuis le 22/11/2026, vous n’avez plus accès aux factures de Alice Martin." in (
            personal.delegate_removed(SENDER, "Alice Martin", "22/11/2026")
        )


class TestReadings:
    def test_a_campaign_says_until_when_and_what_happens_otherwise(self):
        text = campaigns.invitation(CAMPAIGN)

        assert "Nous vous demandons de relever votre compteur d'eau." in text
        assert "jusqu'au 1er décembre 2026 :\nhttps://portail.example/contrats/C%2F1%20%C3%A9\n" in text
        assert "Sans relève, votre prochaine facture sera calculée sur une estimation." in text

    def test_a_reminder_differs_by_its_first_words_and_its_subject(self):
        invitation, reminder = campaigns.invitation(CAMPAIGN), campaigns.reminder(CAMPAIGN)

        assert "Nous n'avons pas encore reçu la relève de votre compteur d'eau." in reminder
        assert invitation.splitlines()[3:] == reminder.splitlines()[3:]
        assert campaigns.SUBJECTS["relance"].startswith("Rappel : ")

    def test_what_was_sent_is_told_back_to_the_litre(self):
        subject, text = readings.accepted(SENDER, sent_reading(), CONTRACT)

        assert subject == "Votre relève du 20/11/2026 est validée"
        assert "(812,345\u00a0m³) pour le contrat C/1 é a été validée" in text

    def test_a_refusal_has_the_services_reason_and_the_way_to_send_another(self):
        subject, text = readings.refused(SENDER, sent_reading(refusal_reason="Photo illisible."), CONTRACT)

        assert subject == "Votre relève du 20/11/2026 n'a pas été retenue"
        assert "\n\nPhoto illisible.\n\n" in text
        assert "Vous pouvez en transmettre une autre.\nhttps://portail.example/contrats/C%2F1%20%C3%A9\n" in text


class TestDocuments:
    def test_a_published_one_is_named_and_is_read_on_the_portal(self):
        text = documents.published(SENDER, "Règlement du service.pdf")

        assert "dans votre espace : Règlement du service.pdf\n" in text
        assert "Vos documents :\nhttps://portail.example/documents\n" in text

    def test_a_deposit_leads_staff_to_what_waits(self):
        text = documents.deposited(SENDER, "Alice Martin", "RIB.pdf")

        assert "Alice Martin a déposé un document sur le portail : RIB.pdf" in text
        assert "https://portail.example/agent/documents\n" in text


class TestRequests:
    def test_an_answer_says_that_there_is_one_and_not_what_it_says(self):
        text = requests.answered(SENDER, request(), message("Votre voisin a appelé."))

        assert "Le service vous a répondu." in text
        assert "voisin" not in text
        assert "Demande D-2026-12, « Fuite » :\nhttps://portail.example/demandes/D-2026-12\n" in text

    @pytest.mark.parametrize("status", RequestStatus)
    def test_each_new_state_is_said_in_words_in_the_mail_and_in_its_subject(self, status):
        changed = message(status=status)
        news = requests.news_of(changed)

        assert news
        assert news != "le service vous a répondu"
        assert f"Votre demande a changé d’état.\n\nVotre demande : {news}." in (
            requests.answered(SENDER, request(), changed)
        )

    def test_words_without_a_new_state_are_an_answer(self):
        assert requests.news_of(message("Bonjour")) == "le service vous a répondu"

    @pytest.mark.parametrize("write", [requests.arrived, requests.subscriber_wrote, requests.assigned])
    def test_staff_are_led_to_their_own_page_of_it(self, write):
        assert "https://portail.example/agent/demandes/D-2026-12\n" in write(SENDER, request())
