"""The pieces that pages are composed of: semantic HTML, styled by `assets/styles`."""

from portail_app.components.agreement import agreement_badge, explanation
from portail_app.components.answers import error_above, error_at, said
from portail_app.components.asks import ask_notices
from portail_app.components.attachments import attachments, pieces
from portail_app.components.badge import badge
from portail_app.components.behaviour import opens
from portail_app.components.button import button, icon_button, submit_button
from portail_app.components.campaign_form import campaign_form
from portail_app.components.card import amount, card, fact, facts
from portail_app.components.certificate_form import certificate_form, leak_steps
from portail_app.components.change_review import change_badge, change_review
from portail_app.components.consumption_panel import consumption_panel
from portail_app.components.contents import Content
from portail_app.components.cost_panel import cost_panel
from portail_app.components.decision_panel import decision_panel
from portail_app.components.dialog import dialog, modal
from portail_app.components.draft import kept
from portail_app.components.empty import empty, unfound
from portail_app.components.field import (
    checkbox_field,
    email_field,
    password_field,
    select_field,
    text_field,
    textarea_field,
)
from portail_app.components.filing_form import filing_form, filing_outcome
from portail_app.components.filters import filters, list_search, search, year_choice
from portail_app.components.folder_desk import branch_actions, desk_outcome, folder_actions, folder_dialog
from portail_app.components.folder_tree import CONTAINS, Tree, action_menu, explorer, folder_tree
from portail_app.components.form import form
from portail_app.components.formats import (
    day,
    euros,
    file_size,
    index,
    instant,
    litres,
    quantity,
    rate,
    received_day,
    unit_price,
    volume,
)
from portail_app.components.frame import access_layout, portal_layout, staff_layout
from portail_app.components.icon import icon
from portail_app.components.leak_file import (
    leak_badge,
    leak_certificates,
    leak_decision,
    leak_figures,
    leak_kind,
    leak_relief,
)
from portail_app.components.leak_list import leak_list
from portail_app.components.link import document_link, link, link_button
from portail_app.components.notice import notice
from portail_app.components.notice_form import notice_form
from portail_app.components.outcome import outcome
from portail_app.components.pagination import list_pages, pagination
from portail_app.components.paper_lines import paper_lines
from portail_app.components.password_choice import identifier, password_choice
from portail_app.components.payfip import end_of_window, hand_over, informations, popup_test
from portail_app.components.payment_state import payment_state
from portail_app.components.personal_frame import personal_form_layout, personal_layout
from portail_app.components.prose import prose
from portail_app.components.publications import publications
from portail_app.components.publishing_form import publishing_form
from portail_app.components.request_desk import request_answer, request_follow_up, request_note
from portail_app.components.request_form import hidden, request_form
from portail_app.components.request_status import came_by, request_link, request_status, request_words, taken_down
from portail_app.components.request_type_form import request_type_form
from portail_app.components.send_reading import send_reading_panel
from portail_app.components.skeleton import skeleton
from portail_app.components.statement_form import statement_form
from portail_app.components.subscriber_choice import subscriber_choice
from portail_app.components.suspension_panel import suspension_panel
from portail_app.components.table import Column, cell, check_cell, head_cell, row, row_link, table, tick
from portail_app.components.tabs import tab, tabs
from portail_app.components.thread import thread, words
from portail_app.components.total import beside, first_beside, total, total_detail, total_line
from portail_app.components.upload import adds_files, takes_files, upload_dialog
from portail_app.components.watch_panel import watch_panel
from portail_app.components.welcome_panel import welcome_panel

__all__ = [
    "CONTAINS",
    "Column",
    "Content",
    "Tree",
    "access_layout",
    "action_menu",
    "adds_files",
    "agreement_badge",
    "amount",
    "ask_notices",
    "attachments",
    "badge",
    "beside",
    "branch_actions",
    "button",
    "came_by",
    "campaign_form",
    "card",
    "cell",
    "certificate_form",
    "change_badge",
    "change_review",
    "check_cell",
    "checkbox_field",
    "consumption_panel",
    "cost_panel",
    "day",
    "decision_panel",
    "desk_outcome",
    "dialog",
    "document_link",
    "email_field",
    "empty",
    "end_of_window",
    "error_above",
    "error_at",
    "euros",
    "explanation",
    "explorer",
    "fact",
    "facts",
    "file_size",
    "filing_form",
    "filing_outcome",
    "filters",
    "first_beside",
    "folder_actions",
    "folder_dialog",
    "folder_tree",
    "form",
    "hand_over",
    "head_cell",
    "hidden",
    "icon",
    "icon_button",
    "identifier",
    "index",
    "informations",
    "instant",
    "kept",
    "leak_badge",
    "leak_certificates",
    "leak_decision",
    "leak_figures",
    "leak_kind",
    "leak_list",
    "leak_relief",
    "leak_steps",
    "link",
    "link_button",
    "list_pages",
    "list_search",
    "litres",
    "modal",
    "notice",
    "notice_form",
    "opens",
    "outcome",
    "pagination",
    "paper_lines",
    "password_choice",
    "password_field",
    "payment_state",
    "personal_form_layout",
    "personal_layout",
    "pieces",
    "popup_test",
    "portal_layout",
    "prose",
    "publications",
    "publishing_form",
    "quantity",
    "rate",
    "received_day",
    "request_answer",
    "request_follow_up",
    "request_form",
    "request_link",
    "request_note",
    "request_status",
    "request_type_form",
    "request_words",
    "row",
    "row_link",
    "said",
    "search",
    "select_field",
    "send_reading_panel",
    "skeleton",
    "staff_layout",
    "statement_form",
    "submit_button",
    "subscriber_choice",
    "suspension_panel",
    "tab",
    "table",
    "tabs",
    "taken_down",
    "takes_files",
    "text_field",
    "textarea_field",
    "thread",
    "tick",
    "total",
    "total_detail",
    "total_line",
    "unfound",
    "unit_price",
    "upload_dialog",
    "volume",
    "watch_panel",
    "welcome_panel",
    "words",
    "year_choice",
]
