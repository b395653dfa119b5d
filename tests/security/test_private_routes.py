"""Alice's water over HTTP: each route with her own numbers in it, tried by the neighbour, by nobody, by other towns."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import Mount, Route

from portail_app.http import http_app
from tests.cast import Person
from tests.http.client import ORIGIN
from tests.security.conftest import UNTOLD, Village
from tests.security.ledger import Own, ledger
from tests.security.test_forged_events import staff_of_another_town
from tests.services.leaks.files import pdf, photo

TRIED = {
    ("GET", "/telecharger/contrats/{number}/consommations.csv"): "contract",
    ("GET", "/telecharger/contrats/{number}/consommations.json"): "contract",
    ("GET", "/telecharger/fuites/{id:int}.pdf"): "leak",
    ("GET", "/telecharger/attestations/{id:int}"): "certificate",
    ("POST", "/fuites/{id:int}/attestation"): "leak",
    ("GET", "/releves/{id:int}/photo"): "sent",
    ("POST", "/releves/{id:int}/photo"): "sent",
    ("GET", "/telecharger/factures/{number}.pdf"): "invoice",
}
TRIED_ELSEWHERE = {
    "/telecharger/mes-donnees/{export_id:int}.zip": "tests/states/test_exports.py",
    "/telecharger/documents/{id:int}": "tests/http/test_documents.py",
    "/documents/dossiers/{id:int}/fichiers": "tests/http/test_documents.py",
    "/agent/dossiers/{id:int}/fichiers": "tests/http/test_publications.py",
    "/paiement/retour/{reference:str}": "tests/paying/test_routes.py",
    "/paiement/{reference:str}/payfip": "tests/paying/test_routes.py",
    "/recus/{reference:str}.pdf": "tests/paying/test_routes.py",
    "/pieces-jointes/{place}": "tests/http/test_request_attachments.py",
    "/telecharger/pieces-jointes/{attachment_id:int}": "tests/http/test_request_attachments.py",
    "/brouillons/{place}": "tests/http/test_request_drafts.py",
}


def _routes() -> Iterator[tuple[str, str]]:
    for route in http_app.routes:
        if isinstance(route, Route) and not isinstance(route, Mount):
            yield from ((method, route.path) for method in sorted(route.methods or set()) if method != "HEAD")


READ = [route for route in TRIED if route[0] == "GET"]
WRITTEN = [route for route in TRIED if route[0] == "POST"]


def test_every_route_that_names_something_is_tried_with_somebody_elses():
    named = {(method, path) for method, path in _routes() if "{" in path and path not in TRIED_ELSEWHERE}

    assert named == set(TRIED)


@pytest.mark.parametrize("route", READ, ids=" ".join)
async def test_what_is_hers_is_read_by_her_and_by_her_staff_and_by_nobody_else(server, village, written, route):
    stranger, _ = await staff_of_another_town()
    cast = village.cast

    for person in (cast.alice, cast.chloe):
        answer = await ask(server, route, village, person)
        assert answer.status_code == 200, answer.text
    for person in (cast.bruno, stranger, None):
        answer = await ask(server, route, village, person)
        assert answer.status_code in (401, 404)
        assert [word for word in UNTOLD if word in answer.text] == []
    assert "Traceback" not in written.text()


@pytest.mark.parametrize("route", WRITTEN, ids=" ".join)
async def test_what_is_hers_is_written_by_nobody_else(server, village, database, written, route):
    stranger, utility = await staff_of_another_town()
    before = ledger(database, Own(stranger.viewer.account_id, utility.id))

    for person in (village.cast.bruno, village.cast.chloe, stranger, None):
        answer = await ask(server, route, village, person)
        assert answer.status_code in (401, 404)
        assert [word for word in UNTOLD if word in answer.text] == []
    assert ledger(database, Own(stranger.viewer.account_id, utility.id)) == before
    assert (await ask(server, route, village, village.cast.alice)).status_code == 303
    assert ledger(database, Own(stranger.viewer.account_id, utility.id)) != before
    assert "Traceback" not in written.text()


@pytest.mark.parametrize("route", TRIED, ids=" ".join)
@pytest.mark.parametrize("wrong", ["0", "-1", "99999999999999999999", "%00", "..%2F..%2Fetc%2Fpasswd", "1%20OR%201=1"])
async def test_a_number_that_is_none_is_not_found_in_words(server, village, written, route, wrong):
    answer = await ask(server, route, village, village.cast.alice, wrong)

    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text + written.text()


@pytest.mark.parametrize(("method", "path"), [route for route in sorted(_routes()) if ":int}" in route[1]])
async def test_a_number_that_postgresql_does_not_know_is_nobodys(server, village, method, path):
    route = (method, path)
    answer = await ask(server, route, village, village.cast.alice, "99999999999999999999")

    assert 400 <= answer.status_code < 500


async def ask(
    server: str, route: tuple[str, str], village: Village, person: Person | None, named: str = ""
) -> httpx.Response:
    method, path = route
    start, _, rest = path.partition("{")
    address = start + (named or numbers_of(village)[TRIED[route]]) + rest.partition("}")[2]
    headers = {"origin": ORIGIN, **({"cookie": person.cookie} if person else {})}
    form = {"leak_place": "Jardin", "repaired_on": "2024-05-06", "plumber": "SARL Lys"}
    files = {"file": ("attestation.pdf", pdf(), "application/pdf"), "photo": ("compteur.jpg", photo(), "image/jpeg")}
    only = {name: files[name] for name in files if (name == "photo") == ("photo" in path)}
    async with httpx.AsyncClient(base_url=f"http://{server}") as browser:
        if method == "GET":
            return await browser.get(address, headers=headers)
        headers["origin"] = f"http://localhost:{server.partition(':')[2]}"
        return await browser.post(address, headers=headers, data=form, files=only)


def numbers_of(village: Village) -> dict[str, str]:
    return {
        "contract": village.supply.contract.number,
        "leak": str(village.leak.id),
        "certificate": str(village.certificate.id),
        "sent": str(village.sent.id),
        "invoice": village.known.number,
    }
