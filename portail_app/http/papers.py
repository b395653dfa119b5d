"""`/agent/papier.csv`: who receives invoices on paper, as filtered on the page, with the dated proof, for staff."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.formats import instant
from portail_app.http.asking import signed_in
from portail_app.http.refusals import refusing
from portail_app.http.sheets import attached, harmless, sheet
from portail_app.services.paper_desk import EXPORTED_AT_MOST, PaperRow, export_papers
from portail_app.states.looks import looking
from portail_app.states.paper_place import read_papers, tab_of
from portail_app.states.places import sought_at

HEADER = ("numero", "nom", "adresse", "papier", "depuis", "choisi_par", "texte_confirme")


@refusing
async def send_papers(request: Request) -> Response:
    viewer = await signed_in(request)
    url = read_papers(request.query_params)
    async with looking(viewer) as look:
        found = await export_papers(look.session, viewer, tab_of(url), sought_at(url, EXPORTED_AT_MOST))
        await look.at_list((row.subscriber_id for row in found if url.search), "Factures au format papier")
    return attached(sheet(HEADER, map(_cells, found)), "papier")


routes = [Route("/agent/papier.csv", send_papers, methods=["GET"])]


def _cells(row: PaperRow) -> Iterator[str]:
    yield from map(harmless, (row.number, row.name, row.address))
    yield "oui" if row.wants_paper else "non"
    yield instant(row.chosen_at) if row.chosen_at else ""
    yield harmless(row.email)
    yield row.words
