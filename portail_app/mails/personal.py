"""What the portal writes about a person's own affairs: their address, their password, paper, and whom they let in."""

from portail_app.mails.access import Sender, farewell

_NOT_ME = "Si ce n’est pas vous, changez votre mot de passe et prévenez votre service sans attendre."


def new_address(sender: Sender, link: str, until: str) -> str:
    return f"""Bonjour,

Vous avez demandé à utiliser cette adresse pour vous connecter au portail des factures.

Cliquez sur le lien suivant ou copiez le dans votre navigateur
{link}
pour valider votre nouvelle adresse mail.

Ce lien ne servira qu’une fois, jusqu’au {until}. Tant qu’il n’a pas servi, votre ancienne adresse reste la bonne.

Si vous n’avez rien demandé, vous n’avez rien à faire.

{farewell(sender)}"""


def address_asked(sender: Sender, chosen: str) -> str:
    return f"""Bonjour,

Il a été demandé de remplacer cette adresse mail par {chosen} pour se connecter à votre espace.

Rien ne change tant que la nouvelle adresse n’a pas été validée.

{_NOT_ME}
{sender.url}/donnees-personnelles

{farewell(sender)}"""


def address_changed(sender: Sender, chosen: str) -> str:
    return f"""Bonjour,

L’adresse mail de votre compte a été remplacée par {chosen}. C’est elle qui sert maintenant à vous connecter.

Cette adresse-ci n’ouvre plus votre espace, et les liens qui y ont été envoyés ne servent plus.

Si ce n’est pas vous, prévenez votre service sans attendre.

{farewell(sender)}"""


def address_changed_service(number: str, name: str, former: str, chosen: str) -> str:
    return f"""Bonjour,

L’abonné {number} ({name}) a changé et validé son adresse mail sur le portail.

Ancienne adresse : {former}
Nouvelle adresse : {chosen}

Merci de la reporter dans le logiciel de facturation.
"""


def password_changed(sender: Sender, when: str) -> str:
    return f"""Bonjour,

Le mot de passe de votre compte a été changé le {when}. Vos autres sessions ont été fermées.

Si ce n’est pas vous, demandez un nouveau mot de passe et prévenez votre service sans attendre :
{sender.url}/mot-de-passe-oublie

{farewell(sender)}"""


def paper_service(number: str, name: str, email: str, when: str, *, wants_paper: bool) -> str:
    asked = "recevoir à nouveau" if wants_paper else "ne plus recevoir"
    return f"""Bonjour,

L’abonné {number} ({name}) a demandé à {asked} les factures au format papier.

Demande faite sur le portail le {when}, par {email}.
"""


def paper_confirmed(sender: Sender, number: str, when: str, *, wants_paper: bool) -> str:
    asked = "recevoir à nouveau" if wants_paper else "ne plus recevoir"
    return f"""Bonjour,

Le {when}, vous avez demandé à {asked} les factures au format papier pour l’abonnement {number}.
Le service en est averti.

Vous pouvez changer d’avis à tout moment :
{sender.url}/donnees-personnelles

{farewell(sender)}"""


def export_ready(sender: Sender, until: str) -> str:
    return f"""Bonjour,

La copie de vos données que vous avez demandée est prête.

Téléchargez-la sur votre espace jusqu’au {until} :
{sender.url}/donnees-personnelles/mes-donnees

Si vous n’avez rien demandé, changez votre mot de passe et prévenez votre service sans attendre.

{farewell(sender)}"""


def delegate_invited(sender: Sender, holder: str, email: str, until: str, *, may_pay: bool) -> str:
    what = "voir et payer ses factures" if may_pay else "voir ses factures"
    return f"""Bonjour,

{holder} vous invite à {what} sur le portail, avec votre propre compte et l’adresse {email}.

Si vous avez déjà un compte, connectez-vous et acceptez l’invitation :
{sender.url}/donnees-personnelles/personnes-autorisees

Sinon, activez le vôtre :
{sender.url}/activation

Cette invitation vaut jusqu’au {until}. Si vous ne connaissez pas cette personne, vous n’avez rien à faire.

{farewell(sender)}"""


def delegate_accepted(sender: Sender, email: str, number: str) -> str:
    return f"""Bonjour,

{email} a accepté votre invitation et a maintenant accès à l’abonnement {number}.

Vous pouvez lui retirer cet accès à tout moment :
{sender.url}/donnees-personnelles/personnes-autorisees

{_NOT_ME}

{farewell(sender)}"""


def delegate_removed(sender: Sender, holder: str, when: str) -> str:
    return f"""Bonjour,

Depuis le {when}, vous n’avez plus accès aux factures de {holder}.

{farewell(sender)}"""
