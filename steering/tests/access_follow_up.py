"""Who may open the addresses of the follow-up. A member who has nothing to do with the committee gets 404."""

from __future__ import annotations

from django.utils import timezone

from accounts.tests.matrix import READERS, STAFF, everybody, only
from core import files
from core.testing.papers import PDF
from steering.models import Evidence
from steering.tests.factories import make_action, make_recommendation

READ_OR_MEMBER = (*READERS, "member")


def recommendation() -> list[object]:
    return [make_recommendation().pk]


def answer() -> list[object]:
    return [make_recommendation().pk, "reject"]


def action() -> list[object]:
    return [make_action().pk]


def declared() -> list[object]:
    return [make_action(state="declared").pk]


def piece() -> list[object]:
    stored = files.keep_own(name="a.pdf", content=PDF, content_type=files.PDF, now=timezone.now())
    row = Evidence.objects.create(action=make_action(), file=stored, label="a", added_at=timezone.now())
    return [row.pk]


def no_link() -> list[object]:
    return ["A" * 22]


ACCESS = {
    "steering:recommendation-list": only(*READ_OR_MEMBER),
    "steering:recommendation-create": only(*STAFF),
    "steering:recommendation-detail": only(*READERS, member=404, args=recommendation),
    "steering:recommendation-edit": only(*STAFF, args=recommendation),
    "steering:recommendation-split": only(*STAFF, args=recommendation),
    "steering:recommendation-history": only(*READERS, member=404, args=recommendation),
    "steering:recommendation-move": only(*STAFF, member=404, args=answer),
    "steering:action-list": only(*READ_OR_MEMBER),
    "steering:action-create": only(*STAFF),
    "steering:own-actions": only(*STAFF, "member"),
    "steering:action-detail": only(*READERS, member=404, args=action),
    "steering:action-edit": only(*STAFF, args=action),
    "steering:action-history": only(*READERS, member=404, args=action),
    "steering:action-progress": only(*STAFF, member=404, args=action),
    "steering:action-ask": only(*STAFF, status=302, args=action),
    "steering:action-slip": only(*STAFF, args=action),
    "steering:action-declare": only(*STAFF, member=404, args=action),
    "steering:action-verify": only(*STAFF, member=404, args=declared),
    "steering:action-send-back": only(*STAFF, member=404, args=declared),
    "steering:action-reopen": only(*STAFF, args=action),
    "steering:action-drop": only(*STAFF, args=action),
    "steering:action-take-up": only(*STAFF, args=action),
    "steering:evidence-add": only(*STAFF, member=404, args=action),
    "steering:evidence-file": only(*READERS, member=404, args=piece),
    "steering:evidence-withdraw": only(*STAFF, member=404, args=piece),
    "steering:progress-page": everybody(302, args=no_link),
}
