"""`/telecharger/contrats/{number}/consommations.csv` and `.json`: the data of the graph, for whoever may read them."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.http.asking import viewer_of
from portail_app.http.refusals import refusing
from portail_app.http.sheets import sheet
from portail_app.reading import reading
from portail_app.services.consumption_charts import Bar, View
from portail_app.services.consumption_files import ConsumptionFile, compose_consumption
from portail_app.states.looks import looking
from portail_app.states.urls import read_choice

COLUMNS = ("du", "au", "volume_m3", "jours", "litres_par_jour", "nature")


@refusing
async def download_csv(request: Request) -> Response:
    found = await _compose(request)
    content = sheet(COLUMNS, map(_cells, found.bars))
    return Response(content, media_type="text/csv; charset=utf-8", headers=_headers(found, "csv"))


@refusing
async def download_json(request: Request) -> Response:
    found = await _compose(request)
    content = {
        "contrat": found.contract.number,
        "point_de_livraison": found.point,
        "donnees_du": found.known_on.isoformat() if found.known_on else None,
        "consommations": [_record(bar) for bar in found.bars],
    }
    return JSONResponse(content, headers=_headers(found, "json"))


routes = [
    Route("/telecharger/contrats/{number}/consommations.csv", download_csv, methods=["GET"]),
    Route("/telecharger/contrats/{number}/consommations.json", download_json, methods=["GET"]),
]


async def _compose(request: Request) -> ConsumptionFile:
    viewer = await viewer_of(request)
    view = read_choice(View, request.query_params.get("vue", ""), View.PERIODS)
    number = request.path_params["number"]
    async with reading(viewer) as reader:
        found = await compose_consumption(reader, viewer, number, view)
    if found.contract.utility_id in viewer.staffed_utility_ids:
        async with looking(viewer) as look:
            await look.at_contract(found.contract.id or 0, f"Consommations, contrat {number}", None, None)
    return found


def _headers(found: ConsumptionFile, kind: str) -> dict[str, str]:
    name = quote(f"consommations-{found.contract.number}.{kind}")
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "private, no-store"}


def _cells(bar: Bar) -> tuple[object, ...]:
    """As spreadsheets read it in France."""
    volume = "" if bar.litres is None else f"{bar.litres / 1000:.3f}".replace(".", ",")
    daily = "" if bar.litres_a_day is None else f"{bar.litres_a_day:.1f}".replace(".", ",")
    return (f"{bar.start:%d/%m/%Y}", f"{bar.end:%d/%m/%Y}", volume, bar.days, daily, bar.kind)


def _record(bar: Bar) -> dict[str, object]:
    return {
        "du": bar.start.isoformat(),
        "au": bar.end.isoformat(),
        "litres": bar.litres,
        "jours": bar.days,
        "nature": bar.kind or None,
    }
