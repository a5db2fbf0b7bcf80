"""The outbox: every message is a row, saved in the transaction of the act that it announces, and sent afterwards.

Apps register their kinds of message and call `queue()`; only `core.outbox.delivery` talks to a mail server. See
`content` for what a message is made of, `delivery` for how it leaves, `figures` for how the outbox is doing.
"""

from core.outbox.acts import CannotResend, can_cancel, cancel, resend, why_not_resend
from core.outbox.batches import AllGone, drop, hold, release
from core.outbox.content import (
    Attachment,
    Content,
    InvalidAddress,
    Link,
    MessageKind,
    Recipient,
    Useless,
    kind_of,
    kinds,
    label_of,
    register,
)
from core.outbox.figures import Figures, figures
from core.outbox.gathering import together, watched
from core.outbox.queueing import demo_past, queue, withdraw
from core.outbox.rendering import Rendered, Words, example, preview, render, shared
from core.outbox.seal import unsealed

__all__ = [
    "AllGone",
    "Attachment",
    "CannotResend",
    "Content",
    "Figures",
    "InvalidAddress",
    "Link",
    "MessageKind",
    "Recipient",
    "Rendered",
    "Useless",
    "Words",
    "can_cancel",
    "cancel",
    "demo_past",
    "drop",
    "example",
    "figures",
    "hold",
    "kind_of",
    "kinds",
    "label_of",
    "preview",
    "queue",
    "register",
    "release",
    "render",
    "resend",
    "shared",
    "together",
    "unsealed",
    "watched",
    "why_not_resend",
    "withdraw",
]
