"""Prerendered pages at the address that people type."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from portail_app.http.pages import Pages


@pytest.fixture
async def site(tmp_path):
    (tmp_path / "factures").mkdir()
    (tmp_path / "factures" / "index.html").write_text("la page")
    (tmp_path / "fichier.txt").write_text("un fichier")
    files = Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path, html=True))])
    transport = httpx.ASGITransport(app=Pages(files, ["/factures"]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def test_a_page_is_answered_at_once_with_and_without_a_slash(site):
    for path in ("/factures", "/factures?annee=2017", "/factures/"):
        answer = await site.get(path)
        assert (answer.status_code, answer.text) == (200, "la page")


async def test_other_paths_are_left_alone(site):
    assert (await site.get("/fichier.txt")).text == "un fichier"
    assert (await site.get("/facture")).status_code == 404
    assert (await site.get("/factures/..")).status_code == 404
