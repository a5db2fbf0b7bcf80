"""The outbox's rows: every message that the portal owes somebody, and the personal links that messages carry."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import MESSAGE_MOVES, MessageState, Outcome, StateLook
from core.history import snapshots
from core.keys import key_field, trigram_index
from core.models.batches import MessageBatch
from core.moves import Moves

DELIVERED = (MessageState.SENT, MessageState.WRITTEN)


class MessageQuerySet(models.QuerySet["Message"]):
    def unsent(self, *, at: datetime) -> MessageQuerySet:
        """Due and still on their way: what the oldest-unsent figure counts."""
        return self.filter(state__in=(MessageState.QUEUED, MessageState.SENDING), due_at__lte=at)

    def due(self, *, at: datetime) -> MessageQuerySet:
        """Waiting, and its time has come."""
        return self.filter(state=MessageState.QUEUED, next_try_at__lte=at)

    def abandoned(self, *, at: datetime) -> MessageQuerySet:
        """Claimed by a process whose lease has ended: it died or hangs."""
        return self.filter(state=MessageState.SENDING, lease_until__lte=at)

    def undelivered(self) -> MessageQuerySet:
        """Failed, and nobody has sent it again since: these wait for a person."""
        return self.filter(state=MessageState.FAILED, copies__isnull=True)

    def about(self, obj: models.Model) -> MessageQuerySet:
        """The messages of one object."""
        return self.filter(object_type=obj._meta.label_lower, object_id=obj.pk)


@snapshots(exclude=("batch", "search_key", "to_email", "to_name", "sealed", "params", "subject", "text", "html"))
class Message(models.Model):
    """One message to one person, unique by `key`. The words are made when it is due, in its reader's language.

    `subject`, `text` and `html` are what was sent, with personal links and codes hidden. `lease_until` and `claim` say
    which process is sending it and for how long that is believed; `handed_at` is when the mail server began to take it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    to_email = models.EmailField(_("address"))
    to_name = models.CharField(_("recipient"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, default="fr")
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    params = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True, default="")
    demo = models.BooleanField(_("demonstration"), default=False)
    batch = models.ForeignKey(
        MessageBatch, null=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    copy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    state = models.CharField(_("state"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default=Outcome.NONE)
    last_error = models.TextField(_("words of the mail server"), blank=True, default="")
    created_at = models.DateTimeField(_("queued on"))
    due_at = models.DateTimeField(_("due on"))
    useless_after = models.DateTimeField(_("useless after"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    deferrals = models.PositiveIntegerField(_("times that the mail server was away"), default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    handed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)

    message_id = models.CharField(max_length=200)
    subject = models.CharField(_("subject"), max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    search_key = key_field("to_email", "to_name", "subject")

    objects = MessageQuerySet.as_manager()
    MOVES = Moves(MESSAGE_MOVES, reasons={MessageState.CANCELLED})

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["due_at", "id"], name="message_due"),
            models.Index(fields=["state", "due_at", "id"], name="message_state_due"),
            models.Index(fields=["next_try_at", "id"], name="message_next_try", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="message_lease", condition=Q(state="sending")),
            models.Index(fields=["object_type", "object_id", "id"], name="message_object"),
            models.Index(fields=["batch", "id"], name="message_batch", condition=Q(batch__isnull=False)),
            trigram_index("message_search", "search_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DELIVERED, sent_at__isnull=False)
                | (~Q(state__in=DELIVERED) & Q(sent_at__isnull=True)),
                name="message_sent_iff_date",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENDING, lease_until__isnull=False, claim__isnull=False)
                | (~Q(state=MessageState.SENDING) & Q(lease_until__isnull=True, claim__isnull=True)),
                name="message_sending_iff_lease",
            ),
            models.CheckConstraint(
                condition=~Q(to_email__regex=r"[[:cntrl:][:space:],;<>]") & ~Q(to_name__regex=r"[[:cntrl:]]"),
                name="message_one_clean_address",
                violation_error_message=_("An address is one address, on one line."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.key

    @property
    def state_look(self) -> StateLook:
        return MessageState(self.state).look

    @property
    def is_final(self) -> bool:
        return not self.MOVES.targets(self.state)


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def live(self, *, at: datetime) -> PersonalLinkQuerySet:
        """Neither used nor expired."""
        return self.filter(used_at__isnull=True).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))


@snapshots(exclude=("token_hash",))
class PersonalLink(models.Model):
    """An address for one act on one object by the person who received it. Only the token's hash is kept.

    `place` tells the links of one message apart; a link that was not born in a message has no message.
    """

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="links")
    place = models.CharField(max_length=40, blank=True, default="")
    act = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, default="fr")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        indexes = [models.Index(fields=["object_type", "object_id", "act"], name="personal_link_object")]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "place"], condition=Q(message__isnull=False), name="personal_link_one_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object_type} {self.object_id}"
