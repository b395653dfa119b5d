"""French formats made in the browser by Intl from what a state holds; nothing is shown for null."""

from datetime import date, datetime
from decimal import Decimal

import reflex as rx


def euros(cents: rx.Var[int] | rx.Var[int | None] | int) -> rx.Var[str]:
    """243,11 € from 24311 cents."""
    return _formatted(cents, "(value / 100).toLocaleString('fr-FR', {style: 'currency', currency: 'EUR'})")


def day(on: rx.Var[date] | rx.Var[date | None] | rx.Var[str] | str) -> rx.Var[str]:
    """10/07/2017 from the ISO day 2017-07-10; noon keeps it the same day in every time zone."""
    return _formatted(on, "new Date(value + 'T12:00:00').toLocaleDateString('fr-FR')")


def days(count: rx.Var[int]) -> rx.Var[str]:
    return rx.cond(count > 1, f"{count} jours", f"{count} jour")


def instant(at: rx.Var[datetime] | rx.Var[datetime | None] | rx.Var[str] | str) -> rx.Var[str]:
    """10/07/2017 14:30 in Paris, never cut in two, from an aware instant (ISO, or as Python prints it)."""
    options = "{timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short'}"
    return _formatted(at, f"new Date({_ISO}).toLocaleString('fr-FR', {options}).replace(' ', '\\u00a0')")


def received_day(at: rx.Var[datetime] | rx.Var[datetime | None]) -> rx.Var[str]:
    """10/07/2017, the day in Paris of an aware instant."""
    return _formatted(at, f"new Date({_ISO}).toLocaleDateString('fr-FR', {{timeZone: 'Europe/Paris'}})")


def file_size(size: rx.Var[int] | rx.Var[int | None]) -> rx.Var[str]:
    """1,2 Mo from bytes."""
    step = "Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)))"
    shown = "(value / 1000 ** step).toLocaleString('fr-FR', {maximumFractionDigits: step > 1 ? 1 : 0})"
    return _formatted(size, f"((step) => {shown} + '\\u00a0' + ['o', 'ko', 'Mo', 'Go'][step])({step})")


def cubic_metres(volume: rx.Var[int] | rx.Var[int | None] | rx.Var[float] | rx.Var[Decimal] | int) -> rx.Var[str]:
    """128 m³ from a number of cubic metres, to the litre."""
    return _formatted(volume, "value.toLocaleString('fr-FR', {maximumFractionDigits: 3}) + '\\u00a0m³'")


def volume(litres: rx.Var[int] | rx.Var[int | None]) -> rx.Var[str]:
    """38,4 m³ from 38412 litres."""
    return _formatted(litres, "(value / 1000).toLocaleString('fr-FR', {maximumFractionDigits: 1}) + '\\u00a0m³'")


def index(litres: rx.Var[int] | rx.Var[int | None]) -> rx.Var[str]:
    """1 204 m³, or 812,340 m³ where the index was read to the litre."""
    places = "minimumFractionDigits: value % 1000 ? 3 : 0"
    return _formatted(litres, f"(value / 1000).toLocaleString('fr-FR', {{{places}}}) + '\\u00a0m³'")


def litres(volume: rx.Var[int] | rx.Var[float] | rx.Var[float | None]) -> rx.Var[str]:
    """312 L."""
    return _formatted(volume, "value.toLocaleString('fr-FR', {maximumFractionDigits: 0}) + '\\u00a0L'")


def quantity(amount: rx.Var[Decimal] | rx.Var[Decimal | None], unit: rx.Var[str]) -> rx.Var[str]:
    """58 m³ from a decimal number, which reaches the browser as a float, and its unit."""
    shown = _formatted(amount, "value.toLocaleString('fr-FR', {maximumFractionDigits: 3})")
    return rx.cond(amount, f"{shown}\u00a0{unit}", "")


def unit_price(price: rx.Var[Decimal] | rx.Var[Decimal | None]) -> rx.Var[str]:
    """1,2345 € from euros a unit, with as many decimals as the price has."""
    options = "{style: 'currency', currency: 'EUR', maximumFractionDigits: 5}"
    return _formatted(price, f"value.toLocaleString('fr-FR', {options})")


def rate(basis_points: rx.Var[int]) -> rx.Var[str]:
    """5,5 % from 550; "non soumis" from 0."""
    percent = "(value / 10000).toLocaleString('fr-FR', {style: 'percent', maximumFractionDigits: 2})"
    return _formatted(basis_points, f"value === 0 ? 'non soumis' : {percent}")


# Python prints a space before the time and six decimals; ECMAScript promises to read a T and three.
_ISO = "value.replace(' ', 'T').replace(/(\\.\\d{3})\\d+/, '$1')"


def _formatted(source: object, expression: str) -> rx.Var[str]:
    """Call a French formatting expression on `value`, which is neither null nor undefined there."""
    shown = rx.Var.create(source)
    return rx.Var(
        _js_expr=f"((value) => value == null ? '' : {expression})({shown!s})",
        _var_type=str,
        _var_data=shown._get_all_var_data(),
    )
