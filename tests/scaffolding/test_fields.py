"""What the fields of a new kind of data may be."""

import pytest

from portail_app.scaffolding.fields import KINDS, NotAField, read_fields

KEY = "plate:texte:Immatriculation"


def test_each_has_a_name_a_kind_and_a_label():
    plate, since, fee = read_fields((KEY, "since_on:date:Depuis le", "fee_cents:euros:Redevance : l’année"))

    assert (plate.name, plate.kind, plate.label) == ("plate", KINDS["texte"], "Immatriculation")
    assert (since.name, since.kind.annotation, since.label) == ("since_on", "date", "Depuis le")
    assert (fee.kind.annotation, fee.kind.is_number, fee.label) == ("int", True, "Redevance : l’année")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Le premier champ distingue les lignes les unes des autres : c’est un texte."),
        (("seats:nombre:Places",), "Le premier champ distingue les lignes les unes des autres : c’est un texte."),
        ((KEY, "seats"), "« seats » n’est pas un champ : écrivez nom:texte|date|euros|nombre:Libellé."),
        ((KEY, "seats:nombre:"), "« seats:nombre: » n’est pas un champ : écrivez nom:texte|date|euros|nombre:Libellé."),
        ((KEY, "seats:entier:Places"), "« seats:entier:Places » n’est pas un champ"),
        ((KEY, 'size:texte:Taille "utile"'), '« size:texte:Taille "utile" » n’est pas un champ'),
        ((KEY, "size:texte:Taille\\"), "« size:texte:Taille\\ » n’est pas un champ"),
        ((KEY, "size:texte:Taille\nutile"), "« size:texte:Taille\nutile » n’est pas un champ"),
        ((KEY, "since:date:Depuis"), "Un champ ne peut pas s’appeler « since » (une date finit par _on)."),
        ((KEY, "fee:euros:Redevance"), "Un champ ne peut pas s’appeler « fee » (un montant finit par _cents)."),
        ((KEY, KEY, "color:texte:Couleur", "color:texte:Teinte"), "Deux champs s’appellent color et plate."),
        *(
            ((KEY, f"{name}:texte:Mot"), f"Un champ ne peut pas s’appeler « {name} ».")
            for name in ("id", "subscriber_id", "metadata", "class", "model_year", "Plate", "9_lives", "", "né", "a-b")
        ),
    ],
)
def test_anything_else_is_refused_in_words(words, sentence):
    with pytest.raises(NotAField) as refused:
        read_fields(words)

    assert str(refused.value).startswith(sentence)
