"""The faults that PayFiP answers, with their codes; the wording of P1, P5 and R3 is the real one's."""

from dataclasses import dataclass

FUNCTIONAL = "FonctionnelleErreur"


@dataclass(frozen=True)
class FaultText:
    kind: str
    code: str
    libelle: str
    severite: int


class Fault(Exception):
    """Carries the key of CATALOGUE to answer with."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.text = CATALOGUE[key]


def _functional(code: str, libelle: str) -> FaultText:
    return FaultText(FUNCTIONAL, code, libelle, 2)


CATALOGUE: dict[str, FaultText] = {
    fault.code: fault
    for fault in (
        _functional("A1", "L'adresse mél est obligatoire."),
        _functional("A2", "Adresse mél incorrecte."),
        _functional("D1", "L'adresse de redirection est incorrecte."),
        _functional("M1", "Le format du montant est incorrect."),
        _functional("M3", "Le montant est inférieur à un euro."),
        _functional("M5", "Le montant dépasse la limite fixée pour ce client."),
        _functional("N1", "L'adresse de notification est incorrecte."),
        _functional("P1", "IdOp incorrect."),
        _functional("P3", "IdOp déjà utilisé pour un paiement."),
        _functional("P4", "IdOp enregistré depuis plus de 15 minutes."),
        _functional("P5", "Résultat de la transaction non connu."),
        _functional("R3", "Le format du paramètre REFDET n'est pas conforme"),
        _functional("S1", "Le type de saisie est incorrect."),
        _functional("T1", "Le numéro de client est incorrect."),
        _functional("T2", "Le numéro de client est inconnu."),
        _functional("T4", "Ce client n'a pas accès au paiement sécurisé."),
        _functional("T9", "Le certificat du client est incorrect."),
        FaultText("TechDysfonctionnementErreur", "999", "Dysfonctionnement technique.", 1),
    )
} | {
    "TechIndisponibiliteErreur": FaultText("TechIndisponibiliteErreur", "999", "Service indisponible.", 1),
    "TechProtocolaireErreur": FaultText("TechProtocolaireErreur", "999", "Erreur de protocole.", 1),
}
