"""A copy of all one's data, part by part: each holds what it says, and nothing of the neighbour's."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from models import (
    AccessKind,
    AccessRecord,
    Account,
    AuditEntry,
    EmailChange,
    Hold,
    InvoiceLine,
    MailEvent,
    Notice,
    RequestStatus,
    Subscriber,
)
from portail_app.services.accesses import record_staff_look
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.delegate_invitations import accept_invitation, invite_delegate, list_open
from portail_app.services.export_sections import sections_of
from portail_app.services.notice_board import close_notice
from portail_app.services.notices import publish_notice
from portail_app.services.notifications import choose_notification
from portail_app.services.paper_choices import NO_PAPER, choose_paper
from portail_app.services.request_notes import add_note
from portail_app.services.request_threads import answer_request
from portail_app.services.request_turns import Turn
from portail_app.services.sessions import Browser, open_session
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, create_account, create_invoice, draft_notice, let_in, save, send_request
from tests.receipts import create_receipt

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
WATER = {"contrats", "releves", "volumes_journaliers", "releves_envoyees", "alertes_de_fuite", "documents"}
PEOPLE = {
    *("compte", "adresses_mail", "connexions", "abonnements", "consultations_par_le_service", "factures"),
    *("lignes_de_facture", "paiements", "demandes", "echanges", "modifications", "factures_papier"),
    *("messages_recus", "avis_lus", "personnes_autorisees", "invitations"),
}


async def test_the_parts_are_these_and_no_two_have_the_same_name(alice):
    names = [section.name for section in sections_of(alice)]
    assert set(names) == WATER | PEOPLE
    assert len(names) == len(set(names))


async def test_who_has_nothing_has_empty_parts(session, cast):
    account = await create_account(session, "seule@example.fr", name="Seule")
    found = [section.name for section in sections_of(Viewer(account_id=account.id)) if await part(session, section)]
    assert found == ["compte"]


async def test_the_account_is_ones_own_with_its_days(session, alice):
    (row,) = await read(session, alice, "compte")
    assert (row["adresse_mail"], row["nom"], row["actif_le"]) == ("alice@example.fr", "Alice Martin", NOW)


async def test_former_addresses_are_told_with_when_each_was_left(session, alice, bruno):
    for viewer, former in ((alice, "alice.a@example.fr"), (bruno, "bruno.b@example.fr")):
        change = {"former": former, "chosen": viewer.email, "changed_at": NOW}
        await save(session, EmailChange(account_id=viewer.account_id, **change))
    assert await read(session, alice, "adresses_mail") == [
        {"ancienne": "alice.a@example.fr", "nouvelle": "alice@example.fr", "changee_le": NOW}
    ]


async def test_sign_ins_are_ones_own_and_what_an_agent_looked_at_is_none(session, alice, chloe):
    await open_session(session, alice.account_id, Browser(FIREFOX, "192.0.2.7"), NOW, remember=False)
    await open_session(session, chloe.account_id, Browser(FIREFOX, "192.0.2.9"), NOW, remember=False)
    await record_staff_look(session, chloe, next(iter(alice.subscriber_ids)), "Facture 1", NOW)

    signed_in = {"date": NOW, "acces": "connexion", "navigateur": "Firefox, Windows", "adresse": "192.0.2.7"}
    assert await read(session, alice, "connexions") == [signed_in]
    assert [row["adresse"] for row in await read(session, chloe, "connexions")] == ["192.0.2.9"]


async def test_what_happened_is_told_in_the_order_in_which_it_happened(session, alice, chloe):
    (hers,) = alice.subscriber_ids
    for hours in (3, 1, 2):
        at = NOW + timedelta(hours=hours)
        await save(session, AccessRecord(kind=AccessKind.SIGN_IN, account_id=alice.account_id, at=at))
        look = {"kind": AccessKind.STAFF_LOOK, "account_id": chloe.account_id, "subject": "x"}
        await save(session, AccessRecord(subscriber_id=hers, at=at, **look))
    for name in ("connexions", "consultations_par_le_service"):
        days = [row["date"] for row in await read(session, alice, name)]
        assert days == sorted(days)
        assert len(days) == 3


async def test_looks_of_the_service_are_told_to_whom_they_were_about(session, alice, bruno, chloe):
    await record_staff_look(session, chloe, next(iter(alice.subscriber_ids)), "Facture 2026-1", NOW)
    looked = [{"date": NOW, "agent": "Chloé Durand", "objet": "Facture 2026-1"}]
    assert await read(session, alice, "consultations_par_le_service") == looked
    assert await read(session, bruno, "consultations_par_le_service") == []
    assert await read(session, replace(chloe, ranks={}), "consultations_par_le_service") == []


async def test_subscriptions_are_as_billing_knows_them(session, cast, alice):
    subscriber = await session.get_one(Subscriber, next(iter(alice.subscriber_ids)))
    subscriber.address, subscriber.city, subscriber.postal_code = "12 rue du Moulin", "Lys", "59900"
    subscriber.phone, subscriber.pays_by_direct_debit = "03 27 00 00 00", True
    await session.flush()
    assert await read(session, alice, "abonnements") == [
        {
            "service": cast.utility.name,
            "abonne": subscriber.number,
            "nom": "Alice Martin",
            "adresse": "12 rue du Moulin",
            "code_postal": "59900",
            "ville": "Lys",
            "telephone": "03 27 00 00 00",
            "adresse_mail": "alice@example.fr",
            "prelevement": True,
        }
    ]


async def test_invoices_are_in_the_order_of_their_days_with_their_lines_in_theirs(session, alice, bruno):
    later = await create_invoice(session, alice, number="F-2", settled_cents=100, billed_paid_cents=50)
    first = await create_invoice(session, alice, number="F-1", issued_on=TODAY.replace(day=1))
    other = await create_invoice(session, bruno, number="F-3")
    for invoice, position, label in (
        (later, 2, "Part"),
        (later, 1, "Eau"),
        (first, 1, "Eau"),
        (other, 1, "Sien"),
    ):
        line = {"rubric": "Distribution", "label": label, "amount_cents": 1000, "vat_basis_points": 550}
        await save(session, InvoiceLine(invoice_id=invoice.id, position=position, **line))

    invoices, lines = [await read(session, alice, name) for name in ("factures", "lignes_de_facture")]
    assert [row["facture"] for row in invoices] == ["F-1", "F-2"]
    assert (invoices[1]["montant_euros"], invoices[1]["regle_en_ligne_euros"]) == (24311, 100)
    assert (invoices[1]["deja_regle_euros"], invoices[1]["echeance"]) == (50, later.due_on)
    assert [(row["facture"], row["libelle"]) for row in lines] == [
        ("F-1", "Eau"),
        ("F-2", "Eau"),
        ("F-2", "Part"),
    ]
    assert (lines[0]["montant_ht_euros"], lines[0]["tva_points_de_base"]) == (1000, 550)


async def test_payments_are_those_that_the_account_made_with_their_receipts(session, alice, bruno):
    receipt = await create_receipt(session, alice, "000001")
    await create_receipt(session, bruno, "000002", payer_email="bruno@example.fr")
    (row,) = await read(session, alice, "paiements")
    assert (row["paiement"], row["facture"], row["recu"]) == ("PORTAIL000001", "2026-020-000001", receipt.number)
    assert (row["montant_euros"], row["etat"], row["paye_le"]) == (24311, "payee", receipt.paid_at)


async def test_requests_are_told_with_what_both_sides_wrote_and_without_the_notes(session, alice, bruno, chloe):
    sent = await send_request(session, alice)
    await send_request(session, bruno)
    await add_note(session, chloe, sent.number, "Mauvais payeur ?", "cle-note", NOW)
    await answer_request(session, chloe, sent.number, Turn("Réparé.", "cle-1", RequestStatus.RESOLVED), NOW)

    (request,) = await read(session, alice, "demandes")
    assert (request["demande"], request["etat"], request["canal"]) == (sent.number, "resolue", "portail")
    assert (request["contenu"], request["close_le"]) == (sent.content, NOW)
    said = {"demande": sent.number, "du_service": True, "message": "Réparé.", "etat": "resolue", "date": NOW}
    assert await read(session, alice, "echanges") == [said]
    assert "payeur" not in str([await part(session, section) for section in sections_of(alice)])


async def test_changes_of_data_are_told_field_by_field_to_who_asked_for_them(session, alice):
    (hers,) = alice.subscriber_ids
    request = await ask_for_changes(session, alice, hers, {"city": "Aire"}, "cle-de-test", NOW)
    (row,) = await read(session, alice, "modifications")
    assert (row["demande"], row["information"]) == (request.number, "Ville")
    assert (row["avant"], row["demande_a"], row["acceptee_le"], row["refusee_le"]) == ("", "Aire", None, None)


async def test_another_holder_of_the_same_subscriber_reads_no_change_that_they_did_not_ask_for(session, alice):
    (hers,) = alice.subscriber_ids
    await ask_for_changes(session, alice, hers, {"city": "Aire"}, "cle-de-test", NOW)
    spouse = replace(await let_in(session, alice, Hold.HOLDER), ranks={})
    assert [await read(session, spouse, name) for name in ("modifications", "demandes", "echanges")] == [[], [], []]


async def test_choices_are_told_with_their_words(session, alice, bruno, chloe, cast):
    (hers,) = alice.subscriber_ids
    await choose_paper(session, alice, hers, False, NOW)
    await choose_notification(session, alice, MailEvent.INVOICE, False, NOW)
    await choose_notification(session, bruno, MailEvent.NOTICE, False, NOW)
    notice = await publish_notice(session, chloe, draft_notice(cast.utility), NOW)
    await close_notice(session, alice, notice.id, NOW)

    (paper,) = await read(session, alice, "factures_papier")
    assert (paper["papier"], paper["par"], paper["date"]) == (False, "alice@example.fr", NOW)
    assert "ne plus recevoir les factures" in paper["texte"]
    assert NO_PAPER not in paper["texte"]
    assert await read(session, alice, "messages_recus") == [{"message": "facture", "voulu": False, "date": NOW}]
    assert await read(session, alice, "avis_lus") == [{"avis": notice.id, "lu_le": NOW}]
    assert await read(session, bruno, "avis_lus") == []
    assert (await session.exec(select(Notice.id))).all() == [notice.id]


async def test_whom_she_let_in_and_whom_she_invited_are_hers_to_know_and_not_theirs(session, alice, bruno):
    (hers,) = alice.subscriber_ids
    for email in (bruno.email, "daniel@example.org"):
        await invite_delegate(session, alice, hers, email, Hold.MAY_SEE, NOW)
    (invitation,) = await list_open(session, bruno.email, NOW)
    await accept_invitation(session, bruno, invitation.id, NOW)

    assert await read(session, alice, "personnes_autorisees") == [
        {"adresse_mail": "bruno@example.fr", "nom": "Bruno Petit", "droit": "delegue_consultation"}
    ]
    invited = {row["adresse_mail"]: row["acceptee_le"] for row in await read(session, alice, "invitations")}
    assert invited == {"bruno@example.fr": NOW, "daniel@example.org": None}
    assert [await read(session, bruno, name) for name in ("personnes_autorisees", "invitations")] == [[], []]


async def test_no_part_of_hers_names_the_neighbour(session, alice, bruno, chloe):
    await send_request(session, bruno)
    await create_invoice(session, bruno, subject="Chez Bruno")
    await record_staff_look(session, chloe, next(iter(bruno.subscriber_ids)), "Facture de Bruno", NOW)
    everything = str([await part(session, section) for section in sections_of(alice)])
    assert "alice@example.fr" in everything
    assert "runo" not in everything
    assert (await session.exec(select(AccessRecord.subject))).all() == ["Facture de Bruno"]


async def test_what_staff_wrote_of_their_work_is_in_nobodys_copy(session, alice, chloe):
    await save(session, AuditEntry(account_id=chloe.account_id, action="Journal", subject="Alice Martin"))
    for viewer in (alice, replace(chloe, ranks={})):
        assert "Journal" not in str([await part(session, section) for section in sections_of(viewer)])
    assert (await session.get_one(Account, chloe.account_id)).name == "Chloé Durand"


async def read(session, viewer: Viewer, name: str) -> list[dict]:
    (section,) = [one for one in sections_of(viewer) if one.name == name]
    return await part(session, section)


async def part(session, section) -> list[dict]:
    return [dict(row) async for row in (await session.stream(section.statement)).mappings()]
