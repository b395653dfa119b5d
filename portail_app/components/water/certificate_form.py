"""Sending the plumber's certificate: an ordinary form, as a file goes by HTTP; and what to do before that."""

import reflex as rx

from models import LeakAlert, LeakKind
from portail_app.components.basics.button import submit_button
from portail_app.components.basics.contents import Words
from portail_app.components.basics.formats import day, volume
from portail_app.components.forms.field import date_field, text_field
from portail_app.components.forms.form import native_form
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import notice
from portail_app.states.leak import LeakState as State

words = State.words
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic,image/heif"


def leak_steps(alert: rx.Var[LeakAlert], today: rx.Var[str]) -> rx.Component:
    """What it means and what to do, as in the mail."""
    sent = rx.cond(State.may_act, "Transmettez cette attestation ci-dessous ", "Le titulaire la transmet ici ")
    is_volume = alert.kind == LeakKind.VOLUME.value
    return card(
        rx.cond(is_volume, rx.el.p(_meaning(alert))),
        rx.el.ol(
            rx.el.li("Fermez tous vos robinets et regardez votre compteur. S’il tourne encore, il y a une fuite."),
            rx.el.li("Faites-la réparer par une entreprise de plomberie."),
            rx.cond(
                is_volume, rx.el.li("Demandez-lui une attestation : où était la fuite, et quand elle a été réparée.")
            ),
            rx.cond(is_volume, rx.el.li(sent, _until(alert, today))),
            class_name="prose",
        ),
        rx.cond(is_volume, rx.el.p(_right(), class_name="muted")),
        title="Que faire ?",
    )


def certificate_form() -> rx.Component:
    """What was typed comes back with a refusal, but for the file, which no browser gives twice."""
    above = rx.cond((words["error"] != "") & (words["field"] == ""), notice(words["error"], kind="danger"))
    return card(
        above,
        native_form(
            text_field(
                "Où était la fuite ?",
                "leak_place",
                hint="Par exemple : canalisation enterrée entre le compteur et la maison.",
                error=_wrong("leak_place"),
                default_value=words["lieu"],
                required=True,
                max_length=200,
            ),
            date_field(
                "Réparée le", "repaired_on", error=_wrong("repaired_on"), default_value=words["date"], required=True
            ),
            text_field(
                "Entreprise de plomberie",
                "plumber",
                error=_wrong("plumber"),
                default_value=words["entreprise"],
                required=True,
                max_length=200,
            ),
            text_field(
                "Attestation",
                "file",
                hint="Un PDF ou une photo, 10 Mo au plus.",
                error=_wrong("file"),
                type="file",
                accept=ACCEPTED,
                required=True,
            ),
            submit_button("Transmettre l’attestation"),
            action=f"/fuites/{State.file.alert.id}/attestation",
            encType="multipart/form-data",
            className="form",
        ),
        title="Transmettre l’attestation du plombier",
    )


def _meaning(alert: rx.Var[LeakAlert]) -> Words:
    return (
        f"{volume(alert.litres)} ont coulé, plus du double du volume moyen ({volume(alert.mean_litres)}) : "
        "une fuite après votre compteur est possible."
    )


def _until(alert: rx.Var[LeakAlert], today: rx.Var[str]) -> rx.Component:
    is_over = today.to(str) > alert.answer_until.to(str)
    late = " (ce délai est passé : le service décidera)"
    return rx.fragment(rx.el.strong(f"jusqu’au {day(alert.answer_until)}"), rx.cond(is_over, late, ""), ".")


def _right() -> str:
    return (
        "Si la fuite était sur une canalisation après le compteur, vous ne paierez pas l’eau au-delà du double de "
        "votre consommation moyenne, ni l’assainissement au-delà de cette moyenne. Les fuites d’appareils ménagers, de "
        "sanitaires ou de chauffage ne sont pas concernées. Si vous ne trouvez pas de fuite, vous pouvez demander au "
        "service, dans le même délai, de vérifier votre compteur (CGCT, articles L. 2224-12-4 et R. 2224-20-1)."
    )


def _wrong(field: str) -> Words:
    return rx.cond(words["field"] == field, words["error"], "")
