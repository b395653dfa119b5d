"""`reglages`: what PayFiP is to do wrong, and when. An address takes a form and comes back, or JSON and answers it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from portail_app.simulators.payfip.bodies import TooLarge, is_json, read_fields, reason_of
from portail_app.simulators.payfip.faults import Fault
from portail_app.simulators.payfip.markup import page, render
from portail_app.simulators.payfip.notifier import Notifier
from portail_app.simulators.payfip.panel_view import panel_body
from portail_app.simulators.payfip.records import Client, Scenario
from portail_app.simulators.payfip.treasury import Treasury

Fields = dict[str, Any]
LONGEST_STEP_MINUTES = 366 * 24 * 60


class ControlPanel:
    def __init__(self, treasury: Treasury, notifier: Notifier) -> None:
        self._treasury = treasury
        self._notifier = notifier

    async def show(self, _: Request) -> Response:
        return page("Réglages du simulateur", panel_body(self._treasury))

    async def show_json(self, _: Request) -> Response:
        return JSONResponse(self._state())

    async def change_scenario(self, request: Request) -> Response:
        """The fields given replace those of the scenario in force."""

        def change(fields: Fields) -> None:
            self._treasury.ledger.scenario = Scenario(**self._treasury.ledger.scenario.model_dump() | fields)

        return await self._answer(request, change)

    async def reset_scenario(self, request: Request) -> Response:
        def reset(_: Fields) -> None:
            self._treasury.ledger.scenario = Scenario()

        return await self._answer(request, reset)

    async def move_clock(self, request: Request) -> Response:
        """`{"minutes": 16}`, `{"to": "night"}` or `{"to": "real"}`."""

        def move(fields: Fields) -> None:
            if fields.get("to") == "night":
                self._treasury.move_clock_to_night()
            elif fields.get("to") == "real":
                self._treasury.move_clock(timedelta(seconds=-self._treasury.ledger.clock_offset_seconds))
            else:
                self._treasury.move_clock(_step(fields))

        return await self._answer(request, move)

    async def register_client(self, request: Request) -> Response:
        def register(fields: Fields) -> None:
            client = Client(**fields)
            self._treasury.ledger.clients[client.numcli] = client

        return await self._answer(request, register)

    async def act_on_payment(self, request: Request) -> Response:
        """`{"resultrans": "P"}` writes a result whatever was there before; `{"notify": "1"}` only notifies again."""

        def act(fields: Fields) -> None:
            payment = self._treasury.find_payment(request.path_params["idop"])
            if fields.get("notify"):
                self._treasury.notify(payment, self._treasury.now)
            else:
                self._treasury.conclude(payment, _resultrans(fields))

        return await self._answer(request, act)

    async def _answer(self, request: Request, change: Callable[[Fields], None]) -> Response:
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _refusal(request, "Demande d'un autre site", 403)
        try:
            change(await read_fields(request))
        except Fault as fault:
            return _refusal(request, fault.text.libelle, 404)
        except (ValueError, TypeError, TooLarge) as invalid:
            return _refusal(request, reason_of(invalid), 422)
        self._treasury.save()
        self._notifier.wake()
        return JSONResponse(self._state()) if is_json(request) else RedirectResponse(_back(request), status_code=303)

    def _state(self) -> dict[str, object]:
        return {"now": self._treasury.now.isoformat(), **self._treasury.ledger.model_dump(mode="json")}


def _step(fields: Fields) -> timedelta:
    minutes = float(fields.get("minutes", ""))
    if not abs(minutes) <= LONGEST_STEP_MINUTES:
        raise ValueError("minutes : un an au plus")
    return timedelta(minutes=minutes)


def _resultrans(fields: Fields) -> str:
    return Scenario(resultrans=fields.get("resultrans", "")).resultrans or "P"


def _back(request: Request) -> str:
    """The panel, relative to the address posted to: the mount point is not ours to know."""
    return "../" * (2 if "idop" in request.path_params else 1) + "reglages"


def _refusal(request: Request, reason: str, status: int) -> Response:
    if is_json(request):
        return JSONResponse({"erreur": reason}, status)
    body = render(_REFUSAL, reason=reason, back=_back(request))
    return page("Réglage refusé", body, status)


_REFUSAL = '<p class="card" role="alert">$reason</p><p><a href="$back">Retour</a></p>'
