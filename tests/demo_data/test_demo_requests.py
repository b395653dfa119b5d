"""What Alice has asked in the demonstration: seen by her and by Chloé, once, and nothing of it by Bruno."""

from portail_app.demo_data.requests import ask_in_the_demonstration
from portail_app.services.request_desk import read_desk_thread
from portail_app.services.request_list import RequestQuery, list_requests
from portail_app.services.request_threads import read_thread
from portail_app.viewer import Viewer
from tests.factories import NOW


async def test_alice_has_a_leak_under_way_that_chloe_answered(session, alice, bruno, chloe):
    await ask_in_the_demonstration(session, NOW)
    await ask_in_the_demonstration(session, NOW)

    hers = (await list_requests(session, alice, RequestQuery())).rows
    theirs = (await list_requests(session, chloe, RequestQuery())).rows
    assert [(one.subject, one.status) for one in hers] == [
        ("Fuite", "en_cours"),
        ("Problème sur mon installation", "resolue"),
        ("Message", "resolue"),
    ]
    assert [(one.number, one.handler) for one in theirs] == [
        (hers[0].number, "Chloé Durand"),
        (hers[1].number, ""),
        (hers[2].number, ""),
    ]
    assert (await list_requests(session, bruno, RequestQuery())).rows == ()
    assert [line.who for line in (await read_thread(session, alice, hers[0].number)).lines] == [
        "Chloé Durand",
        "Alice Martin",
    ]
    called = (await read_thread(session, alice, hers[1].number)).request
    assert (called.is_taken_down, called.channel) == (True, "telephone")
    assert any(line.is_note for line in (await read_desk_thread(session, chloe, hers[0].number)).lines)


async def test_a_town_without_alice_has_no_request(session):
    await ask_in_the_demonstration(session, NOW)
    assert (await list_requests(session, Viewer.system(), RequestQuery())).rows == ()
