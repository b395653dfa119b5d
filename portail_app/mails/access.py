"""What the portal writes about access: the manuals' own words, and when the link ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portail_app.formats import instant

SUBJECT = "Accès au portail des factures"
_NO_ANSWER = "Merci de ne pas répondre à ce message."
_WARNING = (
    "Attention ! Si vous n'avez pas demandé de renouvellement de mot de passe, veuillez en informer votre "
    "administrateur."
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose mail it is, and where its portal is."""

    name: str
    url: str


def activation(sender: Sender, link: str, valid_for: timedelta, expires_at: datetime) -> str:
    return f"""Bonjour,

Vous avez demandé l'activation de votre espace sur le portail des factures.

Cliquez sur le lien suivant ou copiez le dans votre navigateur
{link}
pour définir votre mot de passe et finaliser la procédure d'activation.

{_until(valid_for, expires_at)}

{farewell(sender)}"""


def renewal(sender: Sender, email: str, link: str, valid_for: timedelta, expires_at: datetime) -> str:
    return f"""Bonjour,

Une demande de renouvellement de mot de passe a été effectuée pour le compte {email} du portail des factures.

Cliquez sur le lien suivant ou copiez le dans votre navigateur
{link}
pour définir votre mot de passe.

{_until(valid_for, expires_at)}

{_WARNING}

{farewell(sender)}"""


def already_active(sender: Sender) -> str:
    return f"""Bonjour,

Vous avez demandé l'activation de votre espace sur le portail des factures.

Activation impossible, il existe déjà un compte actif avec cette adresse mail.

Connectez-vous, ou utilisez la procédure de mot de passe oublié :
{sender.url}/mot-de-passe-oublie

{_WARNING}

{farewell(sender)}"""


def code_needed(sender: Sender) -> str:
    return f"""Bonjour,

Une demande d'accès au portail des factures a été effectuée avec votre adresse mail, sans le code attendu.

Pour activer votre espace, saisissez votre adresse mail et votre code.
C'est votre numéro d'abonné, il figure sur vos factures :
{sender.url}/activation

Si vous n'avez rien demandé, vous n'avez rien à faire.

{farewell(sender)}"""


def farewell(sender: Sender) -> str:
    return f"Salutations distinguées,\n{sender.name}\n\n{_NO_ANSWER}\n"


def _until(valid_for: timedelta, expires_at: datetime) -> str:
    minutes = round(valid_for.total_seconds() / 60)
    shown = f"{minutes // 60} h" if minutes >= 60 and minutes % 60 == 0 else f"{minutes} mn"
    return f"Ce lien ne sera valide que pendant {shown}, jusqu'au {instant(expires_at)}."
