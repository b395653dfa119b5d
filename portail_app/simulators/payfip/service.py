"""The web service's address: the three operations by POST, its contract at `?wsdl`."""

import asyncio
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from portail_app.simulators.payfip.bodies import TooLarge, read_body
from portail_app.simulators.payfip.contract import contract_at, is_contract_asked
from portail_app.simulators.payfip.faults import CATALOGUE, Fault
from portail_app.simulators.payfip.records import Payment, Trouble
from portail_app.simulators.payfip.soap import NotSoap, read_request, write_client_fault, write_fault, write_response
from portail_app.simulators.payfip.treasury import PARIS, Treasury


class SecurityService:
    def __init__(self, treasury: Treasury) -> None:
        self._treasury = treasury

    async def answer(self, request: Request) -> Response:
        if request.method != "POST":
            return _describe(request)
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "text/xml":
            return PlainTextResponse("Unsupported Media Type", status_code=415)
        try:
            operation, fields = read_request(await read_body(request))
        except TooLarge:
            return PlainTextResponse("Request Entity Too Large", status_code=413)
        except NotSoap as unreadable:
            return _xml(write_client_fault(str(unreadable)), 500)
        return await self._answer_operation(operation, fields)

    async def _answer_operation(self, operation: str, fields: Mapping[str, str]) -> Response:
        scenario = self._treasury.ledger.scenario
        trouble = self._treasury.take_trouble(operation)
        if trouble is Trouble.HTTP:
            return HTMLResponse("<html><body><h1>Service indisponible</h1></body></html>", scenario.http_status)
        if trouble is Trouble.FAULT:
            return _xml(write_fault(CATALOGUE[scenario.fault]), 500)
        answer = self._perform(operation, fields)
        if trouble is Trouble.SLOW:  # done, but told too late
            await asyncio.sleep(scenario.slow_seconds)
        return answer

    def _perform(self, operation: str, fields: Mapping[str, str]) -> Response:
        if operation not in _OPERATIONS:
            return _xml(write_client_fault(f"Cannot find dispatch method for {operation}"), 500)
        try:
            return _xml(write_response(operation, _OPERATIONS[operation](self._treasury, fields)), 200)
        except Fault as fault:
            return _xml(write_fault(fault.text), 500)


def _create_payment(treasury: Treasury, fields: Mapping[str, str]) -> dict[str, str | None]:
    return {"idOp": treasury.register(fields).idop}


def _read_client(treasury: Treasury, fields: Mapping[str, str]) -> dict[str, str | None]:
    client = treasury.find_client(fields.get("numCli", ""))
    return {"libelleN1": client.libelle, "libelleN2": "", "libelleN3": "", "numcli": client.numcli}


def _read_payment(treasury: Treasury, fields: Mapping[str, str]) -> dict[str, str | None]:
    """With a capital O: `idop` is not seen, and gives the P1 of an unknown idOp."""
    payment = treasury.find_result(fields.get("idOp", ""))
    scenario = treasury.ledger.scenario
    return _detail(payment) | {
        "montant": str(payment.amount_cents + scenario.amount_error_cents),
        "numcli": scenario.numcli or payment.numcli,
        "refdet": scenario.refdet or payment.refdet,
        "resultrans": scenario.resultrans or payment.resultrans,
        "saisie": scenario.saisie or payment.saisie,
    }


def _detail(payment: Payment) -> dict[str, str | None]:
    """In the order of the schema; `exer` comes back shortened, as recorded on the real service."""
    local = payment.transacted_at.astimezone(PARIS) if payment.transacted_at else None
    return {
        "dattrans": f"{local:%d%m%Y}" if local else None,
        "exer": payment.exer[:2],
        "heurtrans": f"{local:%H%M}" if local else None,
        "idOp": payment.idop,
        "mel": payment.mel,
        "montant": "",
        "numauto": payment.numauto or None,
        "numcli": "",
        "objet": payment.objet or None,
        "refdet": "",
        "resultrans": "",
        "saisie": "",
    }


_OPERATIONS: dict[str, Callable[[Treasury, Mapping[str, str]], dict[str, str | None]]] = {
    "creerPaiementSecurise": _create_payment,
    "recupererDetailClient": _read_client,
    "recupererDetailPaiementSecurise": _read_payment,
}


def _describe(request: Request) -> Response:
    if not is_contract_asked(request):
        return PlainTextResponse("Service web PayFiP simulé ; son contrat est à ?wsdl")
    return _xml(contract_at(request).encode(), 200)


def _xml(content: bytes, status: int) -> Response:
    return Response(content, status, media_type="text/xml; charset=utf-8")
