"""The mail itself: headers that a mail server and a filter expect, plain text, HTML, and files."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from core.models import Message
from core.outbox.content import Attachment
from core.outbox.rendering import Rendered

# Seven bits on the wire: every relay takes it, whatever it offers.
POLICY = SMTP.clone(cte_type="7bit")


def build(message: Message, rendered: Rendered, *, at: datetime) -> bytes:
    """The finished mail. Its Message-ID is the row's, the same at every try."""
    mail = EmailMessage(policy=POLICY)
    sender_name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(_literal(message.to_name), addr_spec=message.to_email)
    mail["Subject"] = _literal(rendered.true.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(rendered.true.text)
    mail.add_alternative(rendered.true.html, subtype="html")
    for attachment in rendered.content.attachments:
        _attach(mail, attachment)
    mail["Content-Language"] = message.language  # last: setting the content removes it
    return mail.as_bytes()


def _literal(text: str) -> str:
    """Words from a person stay words: what looks like an encoded header (`=?utf-8?q?...?=`) is not decoded as one."""
    return text.replace("=?", "= ?")


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    """Add a file; the parameters of its type (a calendar's `method`) are kept."""
    kind, *parameters = [part.strip() for part in attachment.type.split(";")]
    main, _, sub = kind.partition("/")
    params = dict(parameter.split("=", 1) for parameter in parameters)
    if main == "text":
        text = attachment.content.decode("utf-8")
        mail.add_attachment(text, subtype=sub, filename=attachment.name, params=params, cte="base64")
    else:
        mail.add_attachment(attachment.content, main, sub, filename=attachment.name, params=params)
