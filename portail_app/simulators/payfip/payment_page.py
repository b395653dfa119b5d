"""What the payer sees: `paiementws.web?idop=`, the choice of an outcome, then the way back to the site."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portail_app.simulators.payfip.bodies import TooLarge, read_fields
from portail_app.simulators.payfip.faults import Fault
from portail_app.simulators.payfip.markup import Markup, euros, page, render
from portail_app.simulators.payfip.notifier import Notifier
from portail_app.simulators.payfip.records import Payment
from portail_app.simulators.payfip.treasury import Treasury

OUTCOMES = ("P", "R", "V", "Z", "A")
LEAVE = "quitter"  # the payer never reaches the payment operator: no result, and purged in the night
_STATUSES = {"P1": 404, "P3": 409, "P4": 410}


class PaymentPage:
    def __init__(self, treasury: Treasury, notifier: Notifier) -> None:
        self._treasury = treasury
        self._notifier = notifier

    async def answer(self, request: Request) -> Response:
        try:
            return await self._choose(request) if request.method == "POST" else self._show(request)
        except Fault as fault:
            return _refusal(f"{fault.text.libelle} ({fault.text.code})", _STATUSES.get(fault.text.code, 400))
        except (ValueError, TooLarge):
            return _refusal("La demande est illisible.", 400)

    def _show(self, request: Request) -> Response:
        payment = self._treasury.open_payment(request.query_params.get("idop", ""))
        return page("Votre paiement", _form(self._treasury, payment))

    async def _choose(self, request: Request) -> Response:
        fields = await read_fields(request)
        idop, choice = str(fields.get("idop", "")), fields.get("choix")
        if choice == LEAVE:
            return _return_to_site(self._treasury.find_payment(idop))
        if choice not in OUTCOMES:
            raise ValueError(choice)
        payment = self._treasury.choose(idop, str(choice))
        self._notifier.wake()
        return _return_to_site(payment)


def _form(treasury: Treasury, payment: Payment) -> Markup:
    return render(
        "payment.html",
        client=treasury.find_client(payment.numcli).libelle,
        numcli=payment.numcli,
        refdet=payment.refdet,
        objet=payment.objet,
        mel=payment.mel,
        amount=euros(payment.amount_cents),
        idop=payment.idop,
    )


def _return_to_site(payment: Payment) -> Response:
    parts = urlsplit(payment.urlredirect)
    query = "&".join(filter(None, (parts.query, urlencode({"idop": payment.idop}))))
    return RedirectResponse(parts._replace(query=query).geturl(), status_code=303)


def _refusal(reason: str, status: int) -> Response:
    return page("Paiement impossible", render('<p class="card" role="alert">$reason</p>', reason=reason), status)
