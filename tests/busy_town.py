"""A town where Alice has one of everything, and Chloé one of everything to do: for what looks at every page."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, InvoiceLine, RequestStatus, SentReading, TariffLine
from portail_app.database import transaction
from portail_app.services.campaign_query import CampaignDraft
from portail_app.services.campaigns import launch_campaign
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.delegate_invitations import invite_delegate
from portail_app.services.exports import ask_for_export
from portail_app.services.notices import publish_notice
from portail_app.services.paper_choices import choose_paper
from portail_app.services.request_threads import answer_request
from portail_app.services.request_turns import Turn
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests.cast import Cast
from tests.documents import sent
from tests.factories import create_invoice, draft_notice, save, send_request
from tests.leaks import leak_at_alices
from tests.payments import create_attempt
from tests.receipts import create_line, create_receipt
from tests.supplies import Supply, create_supply, read

TARIFF = "EAU"


@dataclass(frozen=True)
class BusyTown:
    """`numbers` are what stands in the brackets of a route."""

    cast: Cast
    numbers: dict[str, str]

    def address(self, route: str) -> str:
        if route == "404":
            return "/rien-ici"
        before, bracket, after = route.partition("[")
        return before + self.numbers[route] + after.partition("]")[2] if bracket else route


async def fill(town: Cast) -> BusyTown:
    alice, chloe = town.alice.viewer, town.chloe.viewer
    async with transaction(Viewer.system()) as session:
        reference = await _bills(session, town)
        supply = await _water(session, town)
        await sent(session, alice)
        request = await send_request(session, alice)
        turn = Turn("Un agent passe lundi.", "cle-reponse", RequestStatus.IN_PROGRESS)
        await answer_request(session, chloe, request.number, turn, now())
        await publish_notice(session, chloe, draft_notice(town.utility, is_important=True), now())
        await _own_affairs(session, alice)
    alert, dwelling = await leak_at_alices(town)
    (subscriber_id,) = alice.subscriber_ids
    return BusyTown(
        town,
        {
            "/agent/demandes/[numero]": request.number,
            "/agent/documents/[abonne]": str(subscriber_id),
            "/agent/fuites/[dossier]": str(alert.id),
            "/contrats/[numero]": supply.contract.number,
            "/contrats/[numero]/fuite": dwelling.contract.number,
            "/demandes/[numero]": request.number,
            "/factures/[numero]": "2026-020-LIGNES",
            "/paiement/[reference]": reference,
        },
    )


async def _bills(session: AsyncSession, town: Cast) -> str:
    alice = town.alice.viewer
    detailed = await create_invoice(session, alice, number="2026-020-LIGNES")
    line = {"label": "Consommation", "amount_cents": 23043, "vat_basis_points": 550, "quantity": Decimal(58)}
    await save(session, InvoiceLine(invoice_id=detailed.id, position=0, rubric="Eau", unit="m³", **line))
    await create_receipt(session, alice, "PAYE")
    await create_line(session, town.utility, "INCONNU", today())
    attempt = await create_attempt(session, alice, await create_invoice(session, alice), created_at=now())
    return attempt.reference


async def _water(session: AsyncSession, town: Cast) -> Supply:
    supply = await create_supply(session, town.alice.viewer, tariff_code=TARIFF)
    await read(session, supply.meter)
    price = {"rubric": "Eau", "label": "Consommation", "unit_price": Decimal("1.5"), "vat_basis_points": 550}
    values = {"utility_id": town.utility.id, "tariff_code": TARIFF, "starts_on": date(2023, 1, 1), "position": 1}
    await save(session, TariffLine(**values, **price))
    told = {"utility_id": town.utility.id, "contract_id": supply.contract.id, "meter_id": supply.meter.id}
    sending = {"index_litres": 509_000, "read_on": today(), "sent_at": now(), "sent_by": town.alice.viewer.account_id}
    await save(session, SentReading(**told, **sending))
    draft = CampaignDraft(town.utility.id, "Relève d’automne", today(), today() + timedelta(days=20))
    await launch_campaign(session, town.chloe.viewer, draft, now(), today())
    return supply


async def _own_affairs(session: AsyncSession, alice: Viewer) -> None:
    (subscriber_id,) = alice.subscriber_ids
    await choose_paper(session, alice, subscriber_id, False, now())
    await invite_delegate(session, alice, subscriber_id, "bruno@example.fr", Hold.MAY_PAY, now())
    await ask_for_changes(session, alice, subscriber_id, {"phone": "04 67 00 00 00"}, "cle-telephone", now())
    await ask_for_export(session, alice, now())
