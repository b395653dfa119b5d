"""Requests: their forms, their thread, their types, what staff do with them."""

from portail_app.components.requests.attachments import attachments, pieces
from portail_app.components.requests.change_review import change_badge, change_review
from portail_app.components.requests.request_desk import request_answer, request_follow_up, request_note
from portail_app.components.requests.request_form import hidden, request_form
from portail_app.components.requests.request_status import (
    came_by,
    request_link,
    request_status,
    request_words,
    taken_down,
)
from portail_app.components.requests.request_type_form import request_type_form
from portail_app.components.requests.thread import thread, words

__all__ = [
    "attachments",
    "came_by",
    "change_badge",
    "change_review",
    "hidden",
    "pieces",
    "request_answer",
    "request_follow_up",
    "request_form",
    "request_link",
    "request_note",
    "request_status",
    "request_type_form",
    "request_words",
    "taken_down",
    "thread",
    "words",
]
