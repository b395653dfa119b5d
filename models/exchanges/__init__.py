"""What subscribers and staff send each other: requests, documents, notices, mails."""

from models.exchanges.document import Document, Folder, FolderKind
from models.exchanges.mail import Mail, MailBody
from models.exchanges.notice import Notice, NoticeClosing
from models.exchanges.request import (
    CLOSED,
    ProposedChange,
    Request,
    RequestAttachment,
    RequestChannel,
    RequestDraft,
    RequestMessage,
    RequestNote,
    RequestStatus,
)
from models.exchanges.request_type import AnswerKind, Question, RequestKind, RequestType
from models.exchanges.stored_file import StoredFile

__all__ = [
    "CLOSED",
    "AnswerKind",
    "Document",
    "Folder",
    "FolderKind",
    "Mail",
    "MailBody",
    "Notice",
    "NoticeClosing",
    "ProposedChange",
    "Question",
    "Request",
    "RequestAttachment",
    "RequestChannel",
    "RequestDraft",
    "RequestKind",
    "RequestMessage",
    "RequestNote",
    "RequestStatus",
    "RequestType",
    "StoredFile",
]
