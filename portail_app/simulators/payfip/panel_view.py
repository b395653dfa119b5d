"""The control panel's page, drawn from the ledger."""

from collections.abc import Iterable
from typing import get_args

from portail_app.simulators.payfip.faults import CATALOGUE
from portail_app.simulators.payfip.markup import Markup, euros, moment, render
from portail_app.simulators.payfip.records import Client, Delivery, Notice, Operation, Payment, Scenario, Trouble
from portail_app.simulators.payfip.treasury import Treasury

SHOWN = 100
_DELIVERIES: dict[str, str] = {
    Delivery.NORMAL: "dès que le résultat est lisible",
    Delivery.LOST: "perdue",
    Delivery.DUPLICATED: "envoyée deux fois en même temps",
    Delivery.EARLY: "avant que le résultat soit lisible",
    Delivery.LATE: "en retard",
}
_TROUBLES: dict[str, str] = {
    Trouble.NONE: "aucune",
    Trouble.FAULT: "faute SOAP",
    Trouble.HTTP: "erreur HTTP sans SOAP",
    Trouble.SLOW: "réponse lente (l’opération est faite)",
}
_RESULTS = {
    "P": "payé par carte",
    "V": "payé par prélèvement",
    "R": "carte refusée",
    "Z": "prélèvement refusé",
    "A": "abandonné",
    "W": "inconnu",
}


def panel_body(treasury: Treasury) -> Markup:
    ledger = treasury.ledger
    return render(
        "panel.html",
        now=moment(treasury.now),
        offset=f"décalage : {round(ledger.clock_offset_seconds / 60)} min",
        clients=_joined(_client_line(client) for client in ledger.clients.values()),
        payments=_joined(_payment_row(treasury, payment) for payment in [*ledger.payments.values()][: -SHOWN - 1 : -1]),
        notices=_joined(_notice_row(notice) for notice in ledger.notices[: -SHOWN - 1 : -1]),
        **_scenario_inputs(ledger.scenario),
    )


def _scenario_inputs(scenario: Scenario) -> dict[str, Markup]:
    values = scenario.model_dump()
    selects = {
        "notification": _DELIVERIES,
        "trouble": _TROUBLES,
        "trouble_on": {name: name or "toutes" for name in get_args(Operation)},
        "fault": {key: f"{key} – {text.libelle}" for key, text in CATALOGUE.items()},
    }
    chosen = {name: _select(name, options, values[name]) for name, options in selects.items()}
    return {name: _input(name, value) for name, value in values.items() if name not in selects} | chosen


def _input(name: str, value: str | float) -> Markup:
    kind = "text" if isinstance(value, str) else "number"
    step = ' step="any"' if isinstance(value, float) else ""
    required = "" if isinstance(value, str) else " required"
    return render(_INPUT, kind=kind, name=name, value=str(value), extra=Markup(step + required))


def _select(name: str, options: dict[str, str], chosen: str) -> Markup:
    drawn = _joined(_option(value, label, value == chosen) for value, label in options.items())
    return render('<select name="$name">$options</select>', name=name, options=drawn)


def _option(value: str, label: str, selected: bool) -> Markup:
    mark = Markup(" selected" if selected else "")
    return render('<option value="$value"$mark>$label</option>', value=str(value), mark=mark, label=label)


def _client_line(client: Client) -> Markup:
    access = "" if client.secured else " (sans accès au service web)"
    return render("<li><code>$numcli</code> $text</li>", numcli=client.numcli, text=client.libelle + access)


def _payment_row(treasury: Treasury, payment: Payment) -> Markup:
    return render(
        _PAYMENT_ROW,
        created=moment(payment.created_at),
        idop=payment.idop,
        refdet=payment.refdet,
        remarks=" ; ".join(payment.remarks),
        amount=euros(payment.amount_cents),
        saisie=payment.saisie,
        condition=_condition(treasury, payment),
        options=_joined(_option(code, f"{code} : {label}", False) for code, label in _RESULTS.items()),
    )


def _condition(treasury: Treasury, payment: Payment) -> str:
    if treasury.is_forgotten(payment):
        return "oublié (P1)"
    if payment.readable_from is None:
        return "sans résultat (P5)"
    label = _RESULTS.get(payment.resultrans, "inconnu")
    hidden = f", lisible à {moment(payment.readable_from)}" if treasury.now < payment.readable_from else ""
    return f"{payment.resultrans} : {label}{hidden}"


def _notice_row(notice: Notice) -> Markup:
    return render(
        "<tr><td>$due</td><td><code>$idop</code></td><td><code>$url</code></td><td>$status</td></tr>",
        due=moment(notice.due_at),
        idop=notice.idop,
        url=notice.url,
        status=notice.status,
    )


def _joined(fragments: Iterable[Markup]) -> Markup:
    return Markup("".join(fragments))


_INPUT = '<input type="$kind" name="$name" value="$value"$extra>'
_PAYMENT_ROW = """<tr><td>$created</td>
<td><a href="paiementws.web?idop=$idop"><code>$idop</code></a> ($saisie)</td>
<td>$refdet<br>$remarks</td><td class="number">$amount</td><td>$condition</td>
<td><form method="post" action="reglages/paiements/$idop">
<select name="resultrans" aria-label="Résultat à poser">$options</select><button>Poser</button>
<button name="notify" value="1">Notifier</button></form></td></tr>"""
