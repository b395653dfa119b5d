"""What waits for staff."""

from itertools import count

import pytest

from models import AttemptState, FolderKind, Mail, PaymentAttempt, PaymentMode
from portail_app.errors import Forbidden
from portail_app.services.desk import Waiting, count_waiting
from portail_app.services.filing import file_deposit
from portail_app.services.publishing import publish_here
from portail_app.viewer import Viewer
from tests import factories
from tests.documents import folder_of, sent, upload
from tests.factories import NOW, TODAY
from tests.receipts import create_line
from tests.services.staff import damien_of_elsewhere

_numbers = count(1)


async def attempt(session, alice, utility, **values):
    number = next(_numbers)
    ours = {"reference": f"R{number}", "refdet": f"D{number}", "client": "004200", "mode": PaymentMode.TEST}
    rest = {"amount_cents": 100, "fiscal_year": 2026, "subject": "Facture", "payer_email": "alice@example.fr"}
    row = PaymentAttempt(utility_id=utility.id, account_id=alice.account_id, **{**ours, **rest, **values})
    await factories.save(session, row)


async def mail(session, utility, **values):
    number = next(_numbers)
    fixed = {"event_key": f"k{number}", "recipient": "a@example.fr", "subject": "Reçu", "message_id": f"<{number}@x>"}
    await factories.save(session, Mail(utility_id=utility.id if utility else None, **{**fixed, **values}))


async def test_nothing_waits_at_first(session, cast, chloe):
    assert await count_waiting(session, chloe, TODAY) == Waiting()


async def test_anomalies_and_refused_settings_wait_and_ordinary_payments_do_not(session, cast, alice, chloe):
    await attempt(session, alice, cast.utility, state=AttemptState.ANOMALY)
    await attempt(session, alice, cast.utility, trouble="PayFiP refuse l’identifiant")
    await attempt(session, alice, cast.utility, state=AttemptState.PAID, trouble="ancien")
    await attempt(session, alice, cast.utility)

    assert (await count_waiting(session, chloe, TODAY)).payments == 2


async def test_a_failed_mail_waits_until_it_is_sent(session, cast, chloe):
    await mail(session, cast.utility, last_error="refusé", attempts=1)
    await mail(session, cast.utility, last_error="refusé", attempts=2, sent_at=NOW)
    await mail(session, cast.utility)

    assert (await count_waiting(session, chloe, TODAY)).mails == 1


async def test_a_difference_with_the_statement_waits_for_its_explanation(session, cast, chloe):
    await create_line(session, cast.utility, "INCONNU")

    assert (await count_waiting(session, chloe, TODAY)).differences == 1


async def test_a_deposit_waits_until_it_is_filed_and_what_was_published_never_does(session, cast, alice, bruno, chloe):
    first = await sent(session, alice)
    await sent(session, bruno)
    folder = await folder_of(session, alice, FolderKind.CONTRACT)
    await publish_here(session, chloe, folder.id, upload("plan.pdf"), NOW)
    assert (await count_waiting(session, chloe, TODAY)).documents == 2
    await file_deposit(session, chloe, first.id, None, NOW)
    assert (await count_waiting(session, chloe, TODAY)).documents == 1
    assert (await count_waiting(session, await damien_of_elsewhere(session), TODAY)).documents == 0


async def test_what_waits_elsewhere_is_not_counted(session, cast, alice, chloe):
    other = await factories.create_utility(session)
    await attempt(session, alice, other, state=AttemptState.ANOMALY)
    await mail(session, other, last_error="refusé")
    await mail(session, None, last_error="refusé")

    assert await count_waiting(session, chloe, TODAY) == Waiting()


async def test_a_subscriber_counts_nothing(session, cast, alice):
    for viewer in (alice, Viewer.nobody()):
        with pytest.raises(Forbidden):
            await count_waiting(session, viewer, TODAY)
