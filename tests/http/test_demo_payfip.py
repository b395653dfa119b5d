"""The simulated PayFiP, which anybody may make say « payé », is there in the demonstration only."""

import pytest

from portail_app.http import demo_payfip
from portail_app.settings import settings

PATHS = ["/demo/payfip/reglages", "/demo/payfip/reglages.json", "/demo/payfip/paiementws.web", "/demo/payfip/"]


@pytest.fixture
def demo(monkeypatch, tmp_path):
    def choose(value: str) -> None:
        monkeypatch.setenv("PORTAL_DEMO", value)
        monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
        settings.cache_clear()
        demo_payfip._simulator.cache_clear()

    yield choose
    monkeypatch.undo()
    settings.cache_clear()
    demo_payfip._simulator.cache_clear()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_outside_the_demonstration_it_does_not_exist(portal, demo, path, method):
    demo("0")

    answer = await portal.request(method, path)

    assert (answer.status_code, answer.text) == (404, "Page introuvable")


async def test_in_the_demonstration_it_knows_the_demonstrations_client(portal, demo):
    demo("1")

    answer = await portal.get("/demo/payfip/reglages.json")

    assert answer.status_code == 200
    assert "004200" in answer.json()["clients"]
