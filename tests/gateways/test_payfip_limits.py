"""What PayFiP would refuse is never sent."""

import pytest

from portail_app.gateways.payfip import InvalidRequest, PayFiPClient, check_request, normalise_objet
from tests.payfip_orders import order

URL = "https://portail.example.fr/"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("numcli", {"numcli": "4200"}),
        ("numcli", {"numcli": "00420a"}),
        ("numcli", {"numcli": "٠٠٤٢٠٠"}),
        ("numcli", {"numcli": "004200\n"}),
        ("exer", {"exer": "17"}),
        ("exer", {"exer": 2017}),
        ("refdet", {"refdet": "2017"}),
        ("refdet", {"refdet": "2017-020-002059"}),
        ("refdet", {"refdet": "9" * 31}),
        ("refdet", {"refdet": "référence"}),
        ("montant", {"amount_cents": 99}),
        ("montant", {"amount_cents": -24_311}),
        ("montant", {"amount_cents": 10_000_000}),
        ("montant", {"amount_cents": 243.11}),
        ("mel", {"mel": ""}),
        ("mel", {"mel": "alice.example.org"}),
        ("mel", {"mel": "a@b.c"}),
        ("mel", {"mel": "a" * 70 + "@example.org"}),
        ("mel", {"mel": "alice@example.org\r\nBcc: bruno@example.org"}),
        ("mel", {"mel": "alice@exa\x00mple.org"}),
        ("saisie", {"saisie": "M"}),
        ("urlnotif", {"urlnotif": ""}),
        ("urlnotif", {"urlnotif": "ftp://portail.example.fr/notification"}),
        ("urlnotif", {"urlnotif": "https:///notification"}),
        ("urlnotif", {"urlnotif": URL + "n" * 250}),
        ("urlredirect", {"urlredirect": "javascript:alert(1)"}),
        ("urlredirect", {"urlredirect": "/retour"}),
        ("urlredirect", {"urlredirect": "https://[portail/retour"}),
        ("urlredirect", {"urlredirect": URL + "un retour"}),
    ],
)
def test_a_field_out_of_its_limits_is_named(field, changes):
    with pytest.raises(InvalidRequest) as caught:
        check_request(order(**changes))

    assert caught.value.field == field
    assert caught.value.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_cents": 100},
        {"amount_cents": 9_999_999},
        {"refdet": "abc123"},
        {"refdet": "A" * 30},
        {"mel": "ab@c.d"},
        {"mel": "a" * 68 + "@example.org"},
        {"urlnotif": URL + "n" * (249 - len(URL))},
        {"saisie": "W"},
        {"objet": ""},
    ],
)
def test_a_field_at_its_limit_passes(changes):
    check_request(order(**changes))


async def test_nothing_leaves_when_a_field_is_wrong(payfip):
    before = len(payfip.state()["payments"])
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(InvalidRequest):
            await client.create_payment(order(amount_cents=99))
        with pytest.raises(InvalidRequest):
            await client.read_client("4200")

    assert len(payfip.state()["payments"]) == before


@pytest.mark.parametrize("idop", ["", "a b", "é", "../reglages", "x" * 65, "<idOp/>", "12\n"])
async def test_what_cannot_be_an_idop_is_not_asked(payfip, idop):
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(InvalidRequest):
            await client.read_payment(idop)
        with pytest.raises(InvalidRequest):
            client.payment_page_url(idop)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Multi Services", "Multi Services"),
        ("Facture d’eau n° 2017-020-002059", "Facture d eau n 2017 020 002059"),
        ("Été à Saint-Cœur, 1ᵉʳ semestre", "Ete a Saint Coeur 1er semestre"),
        ("  <b>&amp;  </b> ", "b amp b"),
        ("日本", ""),
        ("", ""),
        ("mot " * 40, ("mot " * 25).strip()),
    ],
)
def test_an_object_keeps_only_what_payfip_accepts(text, sent):
    assert normalise_objet(text) == sent


async def test_an_object_that_has_nothing_acceptable_is_left_out(payfip):
    async with PayFiPClient(payfip.endpoint) as client:
        created = await client.create_payment(order(objet="!!!"))

    kept = payfip.state()["payments"][created.idop]
    assert (kept["objet"], kept["remarks"]) == ("", [])
