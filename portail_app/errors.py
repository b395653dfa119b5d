"""Every "no" that a person may read. Anything else that is raised is a bug."""


class Refusal(Exception):
    """A French sentence that says what happened, what was kept, and what to do next."""

    sentence = "Cette action n’est pas possible."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.sentence = sentence or self.sentence


class NotSignedIn(Refusal):
    """`return_to` is the path to come back to once signed in."""

    sentence = "Votre session est terminée. Veuillez vous connecter."

    def __init__(self, return_to: str = "/") -> None:
        super().__init__()
        self.return_to = return_to


class Forbidden(Refusal):
    sentence = "Vous n’avez pas accès à cette action."


class NotFound(Refusal):
    """Somebody else's row and a missing row are the same refusal."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"{noun} introuvable.")


class Invalid(Refusal):
    """What was typed or sent cannot be used. `field` names the input at fault, if one is."""

    sentence = "Les informations envoyées ne sont pas valides."

    def __init__(self, sentence: str | None = None, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class TooManyTries(Refusal):
    def __init__(self, wait_seconds: int) -> None:
        minutes = max(1, -(-wait_seconds // 60))
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(f"Trop de tentatives. Réessayez dans {minutes} {unit}.")


class LinkRefused(Refusal):
    """A link of access that is over, or never was: why, and that another can be asked for."""

    sentence = "Ce lien n’est pas valable. Ouvrez celui du message en entier, ou demandez-en un nouveau."


class Overtaken(Refusal):
    """Somebody wrote while this was being written: it is not sent, and stays where it was typed."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"{who or 'Quelqu’un'} a écrit entre-temps. Votre texte est gardé : lisez ce qui vient d’arriver, puis "
            "envoyez-le de nouveau s’il convient toujours."
        )


class NotPayable(Refusal):
    """Why an invoice cannot be paid now, in words."""


class Unavailable(Refusal):
    sentence = "Le service est momentanément indisponible. Rien n’a été perdu, réessayez dans quelques minutes."


class TooLarge(Refusal):
    """More bytes than one file may have."""

    def __init__(self, at_most: int) -> None:
        megabytes = f"{round(at_most / 1_000_000, 1):g}".replace(".", ",")
        super().__init__(f"Ce fichier est trop gros : {megabytes} Mo au plus. Il n’a pas été enregistré.")


class FileRefused(Refusal):
    """Why a file is not taken: its type, what it carries, or the room it would need."""


class WrongKind(FileRefused):
    """It is not of a kind that is asked for, or it does not open."""


class NotKept(Unavailable):
    """The store of files is away or full."""

    sentence = "Le fichier n’a pas pu être enregistré, rien n’a été conservé à moitié. Réessayez dans quelques minutes."


class DiskFull(Refusal):
    """For operators: subscribers are told that the service is unavailable."""

    sentence = "Le disque est plein. Faites de la place, puis recommencez : rien n’a été enregistré à moitié."
