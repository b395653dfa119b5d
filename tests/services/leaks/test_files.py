"""The file of a leak: the certificate that is sent, what staff decide, and what everybody reads."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import AuditEntry, Hold, LeakAlert, LeakKind, LeakState, Mail, MailBody, StaffRank, StaffRole, TariffBasis
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.gateways.storage import read_whole
from portail_app.services.leaks import certificates
from portail_app.services.leaks.alerts import find_alert, list_certificates, list_of_contract
from portail_app.services.leaks.areas import AreaMeans
from portail_app.services.leaks.certificates import CertificateRefused, find_certificate, send_certificate
from portail_app.services.leaks.decisions import accept_leak, close_leak, refuse_leak
from portail_app.services.leaks.detection import detect_leaks
from portail_app.services.leaks.files import read_file
from portail_app.viewer import Viewer
from tests.dwellings import create_dwelling, read_half_years
from tests.factories import NOW, TODAY, let_in, save
from tests.services.leaks.files import draft, kept, pdf
from tests.services.leaks.test_detection import USUAL
from tests.services.test_costs import rate

LATER = NOW + timedelta(days=3)


@pytest.fixture
async def alert(session, cast, alice) -> LeakAlert:
    dwelling = await create_dwelling(session, cast.utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    (found,) = (await detect_leaks(session, NOW, AreaMeans())).alerts
    return found


async def audited(session):
    entries = (await session.exec(select(AuditEntry).order_by(AuditEntry.id))).all()
    return [(entry.action, entry.account_id) for entry in entries]


async def told(session):
    found = select(MailBody.text).join(Mail, Mail.id == MailBody.mail_id).where(Mail.event_key.contains("-decision-"))
    return (await session.exec(found)).all()


async def send(session, viewer, alert, now=LATER, upload=None, **values):
    return await send_certificate(session, viewer, alert.id, draft(**values), upload or kept(), now)


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_sends_no_certificate(session, alert, alice, hold, may):
    delegate = await let_in(session, alice, hold)
    assert (await find_alert(session, delegate, alert.id)).id == alert.id
    if may:
        assert (await send(session, delegate, alert)).sent_by == delegate.account_id
    else:
        with pytest.raises(Forbidden, match="consulter"):
            await send(session, delegate, alert)
        assert await list_certificates(session, alert) == []


async def test_a_neighbour_sees_nothing_of_a_leak(session, alert, alice, bruno):
    certificate = await send(session, alice, alert)
    number = (await list_of_contract(session, alice, (await read_file(session, alice, alert.id, TODAY)).contract))[
        0
    ].contract

    for refused in (
        find_alert(session, bruno, alert.id),
        read_file(session, bruno, alert.id, TODAY),
        find_certificate(session, bruno, certificate.id),
        send(session, bruno, alert),
        find_alert(session, Viewer.nobody(), alert.id),
    ):
        with pytest.raises(NotFound):
            await refused
    assert await list_of_contract(session, bruno, number) == []


async def test_who_came_after_the_leak_does_not_see_it(session, cast, alice, bruno):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    (alert,) = (await detect_leaks(session, NOW, AreaMeans())).alerts
    (brunos,) = bruno.subscriber_ids
    from models import ContractParty

    await save(session, ContractParty(contract_id=dwelling.contract.id, subscriber_id=brunos, since=date(2026, 10, 1)))

    with pytest.raises(NotFound):
        await find_alert(session, bruno, alert.id)
    assert await find_alert(session, alice, alert.id) == alert


async def test_a_certificate_is_kept_in_private_and_read_by_both_sides(session, alert, alice, chloe):
    certificate = await send(session, alice, alert, upload=kept(pdf(), "application/pdf"))

    assert alert.state is LeakState.RECEIVED
    for viewer in (alice, chloe):
        file = await find_certificate(session, viewer, certificate.id)
        assert await read_whole(file.file_key) == pdf()
        assert (file.media_type, file.size_bytes) == ("application/pdf", len(pdf()))
    assert ("Attestation de fuite reçue", alice.account_id) in await audited(session)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"leak_place": "  "}, "lieu"),
        ({"leak_place": "x" * 201}, "lieu"),
        ({"plumber": ""}, "entreprise"),
        ({"plumber": "x" * 201}, "entreprise"),
        ({"repaired_on": date(1999, 12, 31)}, "date"),
        ({"repaired_on": LATER.date() + timedelta(days=1)}, "date"),
        ({"repaired_on": None}, "date"),
        ({"repaired_on": date(2027, 1, 1)}, "date"),
    ],
)
async def test_a_wrong_certificate_is_refused_in_words_and_nothing_is_kept(session, alert, alice, values, word):
    with pytest.raises(CertificateRefused) as refused:
        await send(session, alice, alert, **values)

    assert refused.value.word == word
    assert alert.state is LeakState.AWAITED
    assert await list_certificates(session, alert) == []


async def test_a_certificate_is_kept_as_it_was_typed_but_for_the_blanks_around_it(session, alert, alice):
    typed = {"leak_place": f" {'x' * 199}", "plumber": f"{'y' * 199}\n", "repaired_on": LATER.date()}

    sent = await send(session, alice, alert, **typed)

    assert (sent.leak_place, sent.plumber, sent.repaired_on) == ("x" * 199, "y" * 199, LATER.date())
    assert (await send(session, alice, alert, repaired_on=date(2000, 1, 1))).repaired_on == date(2000, 1, 1)


async def test_a_file_takes_five_certificates_and_none_once_it_is_decided(session, alert, alice, chloe):
    for _ in range(certificates.MOST_FILES):
        await send(session, alice, alert)
    with pytest.raises(CertificateRefused, match="5 fichiers"):
        await send(session, alice, alert)
    await accept_leak(session, chloe, alert.id, LATER, TODAY)

    with pytest.raises(CertificateRefused, match="clos"):
        await send(session, alice, alert)


async def test_a_warning_of_telemetry_asks_for_no_certificate(session, alert, alice):
    alert.kind = LeakKind.CONTINUOUS

    with pytest.raises(CertificateRefused):
        await send(session, alice, alert)


async def test_a_certificate_after_the_month_is_kept_and_said_to_be_late(session, alert, alice, chloe):
    on_the_last_day, a_day_late = date(2026, 12, 22), date(2026, 12, 23)
    assert not (await read_file(session, chloe, alert.id, on_the_last_day)).is_late
    assert (await read_file(session, chloe, alert.id, a_day_late)).is_late

    await send(session, alice, alert, now=NOW + timedelta(days=40))
    assert (await read_file(session, chloe, alert.id, TODAY)).is_late


async def test_the_cap_is_worth_what_the_tariff_says_of_it(session, alert, alice):
    code = (await list_of_contract(session, alice, (await read_file(session, alice, alert.id, TODAY)).contract))[0]
    assert code.alert.litres == 180_000
    lines = (
        rate("1.00"),
        rate("2.00", position=2, rubric="Collecte et traitement des eaux usées"),
        rate("12", position=3, is_fixed=True),
    )
    for line in lines:
        line.utility_id, line.vat_basis_points = alert.utility_id, 0
        await save(session, line)

    relief = (await read_file(session, alice, alert.id, TODAY)).relief

    assert (relief.water_m3, relief.wastewater_m3) == (120, 60)
    assert (relief.full_cents, relief.capped_cents) == (18_000 + 36_000 + 1_200, 12_000 + 12_000 + 1_200)
    assert relief.saved_cents == 30_000


async def test_the_cap_follows_what_the_tariff_says_of_its_lines_and_not_their_words(session, alert, alice):
    """60 m³ are usual: of 180, water is due for 120 and wastewater counts for 60."""
    usual = {"utility_id": alert.utility_id, "starts_on": date(2026, 1, 1), "rubric": "Redevances", "label": "n° 7"}
    await save(session, rate("1.00", **usual, basis=TariffBasis.WASTEWATER, vat_basis_points=0))
    await save(session, rate("1.00", **usual, position=2, basis=TariffBasis.WATER, vat_basis_points=0))

    relief = (await read_file(session, alice, alert.id, TODAY)).relief
    assert (relief.full_cents, relief.capped_cents) == (36_000, 18_000)


async def test_without_a_tariff_the_cap_is_told_in_cubic_metres_alone(session, alert, alice):
    relief = (await read_file(session, alice, alert.id, TODAY)).relief

    assert (relief.water_m3, relief.wastewater_m3, relief.saved_cents) == (120, 60, None)


async def test_staff_accept_and_the_subscriber_is_told_the_volumes(session, alert, alice, chloe):
    await send(session, alice, alert)

    await accept_leak(session, chloe, alert.id, LATER, TODAY)

    assert (alert.state, alert.accepted_at, alert.decided_by) == (LeakState.ACCEPTED, LATER, chloe.account_id)
    (text,) = await told(session)
    assert "acceptée" in text
    assert "120\u00a0m³" in text
    assert "60\u00a0m³" in text
    assert ("Écrêtement accordé", chloe.account_id) in await audited(session)


async def test_staff_refuse_with_a_reason_that_the_subscriber_reads(session, alert, alice, chloe):
    await send(session, alice, alert)
    with pytest.raises(Invalid, match="Dites pourquoi"):
        await refuse_leak(session, chloe, alert.id, "  ", LATER, TODAY)

    await refuse_leak(session, chloe, alert.id, "La fuite est sur un chauffe-eau.", LATER, TODAY)

    assert alert.state is LeakState.REFUSED
    (text,) = await told(session)
    assert "La fuite est sur un chauffe-eau." in text


async def test_nothing_is_accepted_without_a_certificate_but_an_alert_can_be_closed(session, alert, chloe):
    with pytest.raises(Invalid, match="Aucune attestation"):
        await accept_leak(session, chloe, alert.id, LATER, TODAY)

    await close_leak(session, chloe, alert.id, "Erreur de relève.", LATER, TODAY)

    assert alert.state is LeakState.CLOSED
    assert await told(session) == []


async def test_a_decision_is_taken_once(session, alert, alice, chloe):
    await send(session, alice, alert)
    await accept_leak(session, chloe, alert.id, LATER, TODAY)

    with pytest.raises(Invalid, match="déjà décidé"):
        await refuse_leak(session, chloe, alert.id, "Finalement non.", LATER, TODAY)
    assert alert.refused_at is None


async def test_neither_subscribers_nor_the_staff_of_elsewhere_decide(session, alert, alice, bruno, chloe):
    from tests.factories import appoint, create_account, create_utility, sign_in

    elsewhere = await create_account(session, "damien@example.fr")
    await appoint(session, elsewhere, await create_utility(session), StaffRank.ADMINISTRATOR)
    damien, _ = await sign_in(session, elsewhere)
    await send(session, alice, alert)

    for viewer, refusal in ((alice, Forbidden), (bruno, NotFound), (damien, NotFound), (Viewer.nobody(), NotFound)):
        with pytest.raises(refusal):
            await accept_leak(session, viewer, alert.id, LATER, TODAY)
    assert alert.state is LeakState.RECEIVED


async def test_an_agent_of_the_lowest_rank_decides(session, alert, alice, chloe, cast):
    role = (await session.exec(select(StaffRole).where(StaffRole.account_id == chloe.account_id))).one()
    role.rank = StaffRank.AGENT
    chloe.ranks[cast.utility.id] = StaffRank.AGENT
    await send(session, alice, alert)

    await accept_leak(session, chloe, alert.id, LATER, TODAY)

    assert alert.state is LeakState.ACCEPTED
