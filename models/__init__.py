"""What the portal knows: the entities, and the rules about one row.

Glossary, French on the screen and English in the code:

| French | English |
|---|---|
| collectivité, régie, service | utility |
| abonné, usager, redevable | subscriber |
| compte | account |
| agent | staff |
| facture, avoir | invoice, credit note |
| rubrique | rubric |
| échéance | due date (`due_on`) |
| réglée, non réglée, en trésorerie | paid, unpaid, at the treasury |
| solde, montant à régler | balance (`balance_cents`) |
| règlement, tentative de paiement | payment attempt |
| reçu | receipt |
| relevé (du régisseur), rapprochement | statement, reconciliation |
| suspension du paiement | payment suspension |
| information importante | notice |
| alerte fuite, attestation, écrêtement | leak alert, certificate, cap |
| campagne de relève | reading campaign |
| exercice (PayFiP `exer`) | fiscal year |
| identifiant collectivité (PayFiP `numcli`) | client |
| fichier | stored file |
| document, dossier | document, folder |
| dépôt, classer, publier | deposit, to file, to publish |
| courrier électronique | mail |
| lien (d'activation, de renouvellement) | access link |
| données personnelles | personal data |
| factures au format papier | paper (`wants_paper`) |
| événement d'un courrier | mail event |
| historique des accès | access record |
| titulaire, délégué | holder, delegate (`hold`) |
| export de mes données | data export |
| demande, type de demande | request, request type |
| fil, échange | thread |
| note interne | note |
| brouillon | draft |
| saisie par le service (téléphone, visite, courrier) | taken down (`channel`) |
| pièce jointe | attachment |
| à traiter avant le | due date of a request (`due_on`) |
| contrat | contract |
| redevable, occupant, propriétaire | payer, occupant, owner (`PartyRole`) |
| point de livraison | delivery point |
| compteur, n° de série, chiffres (roues) | meter, serial, digits |
| relève, index | reading, index (`index_litres`) |
| relevée, estimée, transmise, télérelevée | read, estimated, sent, telemetered (`ReadingKind`) |
| à valider, validée, refusée, retirée | waiting, accepted, refused, withdrawn (`SentReadingState`) |
| consommation | consumption, volume |
| corrigé par le service | corrected (`corrected_index_litres`) |
| tarif, tranche, part fixe, assiette | tariff, bracket, fixed part, basis (`TariffBasis`) |
"""

from models.billing import *
from models.entity import Entity as Entity
from models.entity import Secret as Secret
from models.entity import metadata as metadata
from models.exchanges import *
from models.people import *
from models.water import *
