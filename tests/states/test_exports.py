"""A copy of one's data, as a tab of the browser knows it."""

import pytest

from portail_app.errors import NotSignedIn
from portail_app.jobs.exports import build_export
from portail_app.states.exports import ExportsState
from tests.jobs.outbox import run_sql
from tests.tabs import open_tab


async def test_she_asks_and_it_waits_for_its_worker(town):
    tab = await open_tab(ExportsState, town.alice)
    following = await tab.ask()
    assert [one.status for one in tab.exports] == ["en_attente"]
    assert tab.is_running
    assert following is not None


async def test_it_is_shown_ready_once_it_is_made(town):
    tab = await open_tab(ExportsState, town.alice)
    await tab.ask()
    await build_export(tab.exports[0].id)
    assert await tab.load() is None
    assert ([one.status for one in tab.exports], tab.is_running) == (["pret"], False)


async def test_the_name_of_the_file_never_reaches_the_browser(town):
    tab = await open_tab(ExportsState, town.alice)
    await tab.ask()
    await build_export(tab.exports[0].id)
    await tab.load()
    ((name,),) = run_sql("SELECT file_name FROM data_export")
    from reflex.utils.format import json_dumps

    assert name not in json_dumps(tab.dict())


async def test_a_second_click_asks_for_nothing_more(town):
    tab = await open_tab(ExportsState, town.alice)
    for _ in range(2):
        await tab.ask()
    assert run_sql("SELECT count(*) FROM data_export") == [(1,)]


async def test_a_neighbours_are_not_shown(town):
    await (await open_tab(ExportsState, town.alice)).ask()
    his = await open_tab(ExportsState, town.bruno)
    await his.load()
    assert (his.exports, his.is_running) == ((), False)


async def test_nobody_asks_for_anything(town):
    tab = await open_tab(ExportsState, None)
    with pytest.raises(NotSignedIn):
        await tab.ask()
