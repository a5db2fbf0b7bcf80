"""The mail itself: headers that a mail server and a filter expect, plain text, HTML, and files.

The headers are written by the strict classes of Python's `email`, which fold and encode what a person wrote; the parts
by its older ones, which take a third of the time.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.policy import SMTP, compat32
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings

from core.models import Message
from core.outbox.content import Attachment
from core.outbox.rendering import Rendered

# Seven bits on the wire: every relay takes it, whatever it offers.
POLICY = SMTP.clone(cte_type="7bit")
PARTS = compat32.clone(linesep="\r\n")


def build(message: Message, rendered: Rendered, *, at: datetime) -> bytes:
    """The finished mail. Its Message-ID is the row's, the same at every try."""
    words = MIMEMultipart("alternative", policy=PARTS)
    words.attach(_text("plain", rendered.true.text))
    words.attach(_text("html", rendered.true.html))
    body = words
    if rendered.content.attachments:
        body = MIMEMultipart("mixed", policy=PARTS)
        body.attach(words)
        for attachment in rendered.content.attachments:
            body.attach(_file(attachment))
    return _headers(message, rendered, at=at).rstrip(b"\r\n") + b"\r\n" + body.as_bytes(policy=PARTS)


def _headers(message: Message, rendered: Rendered, *, at: datetime) -> bytes:
    mail = EmailMessage(policy=POLICY)
    mail["To"] = Address(_literal(message.to_name), addr_spec=message.to_email)
    mail["Subject"] = _literal(rendered.true.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message.message_id
    return _fixed_headers(settings.DEFAULT_FROM_EMAIL, message.language) + mail.as_bytes()


@lru_cache(maxsize=64)
def _fixed_headers(sent_from: str, language: str) -> bytes:
    """Those that are the same in every mail."""
    mail = EmailMessage(policy=POLICY)
    sender_name, sender = parseaddr(sent_from)
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Content-Language"] = language
    return mail.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _literal(text: str) -> str:
    """Words from a person stay words: what looks like an encoded header (`=?utf-8?q?...?=`) is not decoded as one."""
    return text.replace("=?", "= ?")


def _text(subtype: str, text: str) -> MIMEBase:
    """Words, readable on the wire where most letters are Latin: the shorter of the two encodings."""
    part = MIMEBase("text", subtype, policy=PARTS, charset="utf-8")
    plain = text.encode()
    quoted = binascii.b2a_qp(plain, istext=True)
    if len(quoted) * 3 > len(plain) * 4:
        return _in_base64(part, plain.replace(b"\n", b"\r\n"))
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quoted.decode("ascii"))
    return part


def _file(attachment: Attachment) -> MIMEBase:
    """A file; the parameters of its type (a calendar's `method`) are kept."""
    kind, *parameters = [part.strip() for part in attachment.type.split(";")]
    main, _, sub = kind.partition("/")
    params = dict(parameter.split("=", 1) for parameter in parameters)
    if main == "text":
        params = {"charset": "utf-8", **params}
    part = MIMEBase(main, sub, policy=PARTS, **params)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return _in_base64(part, attachment.content)


def _in_base64(part: MIMEBase, content: bytes) -> MIMEBase:
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode("ascii"))
    return part
