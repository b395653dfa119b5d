"""What must not go through the websocket: the session's cookie, files, the way to PayFiP and back, and what every
HTTP answer carries.

`api_transformers` is what `rx.App(api_transformer=...)` takes: our routes first, then our guard around everything.
"""

from starlette.applications import Starlette

from portail_app.errors import Refusal
from portail_app.http.certificates import routes as certificate_routes
from portail_app.http.consumption import routes as consumption_routes
from portail_app.http.demo_mail import routes as demo_mail_routes
from portail_app.http.demo_payfip import routes as demo_payfip_routes
from portail_app.http.documents import routes as document_routes
from portail_app.http.exports import routes as export_routes
from portail_app.http.guard import Guard
from portail_app.http.invoices import routes as invoice_routes
from portail_app.http.leaks import routes as leak_routes
from portail_app.http.pages import Pages
from portail_app.http.papers import routes as paper_routes
from portail_app.http.payfip import routes as payfip_routes
from portail_app.http.payments import routes as payment_routes
from portail_app.http.publications import routes as publication_routes
from portail_app.http.reading_photos import routes as reading_photo_routes
from portail_app.http.receipts import routes as receipt_routes
from portail_app.http.reconciliation import routes as reconciliation_routes
from portail_app.http.refusals import apologise, refuse
from portail_app.http.request_attachments import routes as request_attachment_routes
from portail_app.http.request_drafts import routes as request_draft_routes
from portail_app.http.sent_photos import routes as sent_photo_routes
from portail_app.http.session import routes as session_routes
from portail_app.http.statements import routes as statement_routes

http_app = Starlette(
    routes=[
        *certificate_routes,
        *consumption_routes,
        *demo_mail_routes,
        *demo_payfip_routes,
        *export_routes,
        *document_routes,
        *invoice_routes,
        *leak_routes,
        *paper_routes,
        *payfip_routes,
        *payment_routes,
        *publication_routes,
        *reading_photo_routes,
        *receipt_routes,
        *request_attachment_routes,
        *request_draft_routes,
        *reconciliation_routes,
        *sent_photo_routes,
        *session_routes,
        *statement_routes,
    ],
    exception_handlers={Refusal: refuse, Exception: apologise},
)
api_transformers = (Pages, http_app, Guard)

__all__ = ["api_transformers", "http_app"]
