"""Pages that could not load, and are loaded again."""

import asyncio

import pytest

from portail_app.gateways.bulletin import Bulletin
from portail_app.states.site import SiteState
from portail_app.states.stranded import Stranded
from tests.tabs import open_tab


@pytest.fixture
def heard() -> Bulletin:
    bulletin = Bulletin("postgresql://nowhere")
    bulletin.is_heard = True
    return bulletin


class Loads:
    """What was asked to load again, in order; the first may fail."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self._fails = fails

    async def again(self, tab: str, path: str) -> None:
        self.asked.append(path)
        if self._fails and len(self.asked) == 1:
            raise RuntimeError

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(15):
            while len(self.asked) < count:
                await asyncio.sleep(0.05)


async def test_a_page_is_loaded_again_where_it_is(heard):
    stranded, loads = Stranded(), Loads()
    stranded.note(await open_tab(SiteState, None, "/factures", page="2"))
    async with stranded.running(heard, loads.again):
        await loads.wait_for(1)
    assert loads.asked == ["/factures?page=2"]


async def test_it_waits_until_the_database_is_heard_again(heard):
    stranded, loads = Stranded(), Loads()
    heard.is_heard = False
    stranded.note(await open_tab(SiteState, None, "/factures"))
    async with stranded.running(heard, loads.again):
        await asyncio.sleep(1.5)
        assert loads.asked == []
        heard.is_heard = True
        await loads.wait_for(1)


async def test_a_page_that_went_elsewhere_is_left_alone(heard):
    stranded, loads = Stranded(), Loads()
    tab = await open_tab(SiteState, None, "/factures")
    stranded.note(tab)
    stranded.forget(tab.router.session.session_id)
    async with stranded.running(heard, loads.again):
        await asyncio.sleep(1.5)
    assert loads.asked == []


async def test_one_that_fails_does_not_keep_the_next_from_being_loaded(heard):
    stranded, loads = Stranded(), Loads(fails=True)
    async with stranded.running(heard, loads.again):
        stranded.note(await open_tab(SiteState, None, "/"))
        await loads.wait_for(1)
        stranded.note(await open_tab(SiteState, None, "/factures"))
        await loads.wait_for(2)
    assert loads.asked == ["/", "/factures"]
