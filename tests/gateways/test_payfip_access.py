"""Which PayFiP the portal speaks to: a payer's money is asked for at the right place."""

import pytest

from portail_app.gateways.payfip import ENDPOINT, PAYMENT_PAGE
from portail_app.gateways.payfip_access import payfip_client, payment_page
from portail_app.settings import settings

PORTAL = "https://portail.example.fr"
OTHER = {"PAYFIP_SERVICE_URL": "https://autre.example/securite", "PAYFIP_PAGE_URL": "https://autre.example/page"}


@pytest.fixture
def configure(monkeypatch):
    def configure(**values: str) -> None:
        for name in ("PORTAL_DEMO", *OTHER):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"PORTAL_URL": PORTAL, **values}.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield configure
    monkeypatch.undo()
    settings.cache_clear()


async def addresses() -> tuple[str, str]:
    async with payfip_client() as client:
        assert client.payment_page == payment_page()
        return client.endpoint, client.payment_page


async def test_without_a_word_it_is_the_treasurys_own(configure):
    configure()

    assert await addresses() == (ENDPOINT, PAYMENT_PAGE)


async def test_the_demonstration_pays_at_its_own_simulator(configure):
    configure(PORTAL_DEMO="1")

    assert await addresses() == (
        f"{PORTAL}/demo/payfip/services/securite",
        f"{PORTAL}/demo/payfip/paiementws.web",
    )


@pytest.mark.parametrize("demo", [{}, {"PORTAL_DEMO": "1"}])
async def test_the_operators_choice_comes_before_both(configure, demo):
    configure(**demo, **OTHER)

    assert await addresses() == ("https://autre.example/securite", "https://autre.example/page")
