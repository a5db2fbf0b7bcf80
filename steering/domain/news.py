"""What happened to actions and in committees since an instant: one query, however many kinds there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.localized import localized
from steering.enums import DecisionState
from steering.models import (
    Action,
    AgendaItem,
    Committee,
    Convocation,
    Decision,
    Evidence,
    Progress,
    Slip,
    Verification,
)


class NewsKind(models.TextChoices):
    """What happened to an action, or in a committee."""

    PROGRESS = "progress", pgettext_lazy("news", "Progress declared")
    SLIP = "slip", pgettext_lazy("news", "Due date moved")
    EVIDENCE = "evidence", pgettext_lazy("news", "Evidence added")
    VERIFIED = "verified", pgettext_lazy("news", "Verified and closed")
    SENT_BACK = "sent_back", pgettext_lazy("news", "Evidence sent back")
    DECISION = "decision", pgettext_lazy("news", "Decision adopted")
    CONVOCATION = "convocation", pgettext_lazy("news", "Meeting convened")


@dataclass(frozen=True)
class News:
    """One thing that happened: to an action, or (without one) to a meeting of the committee.

    `object_id` is the action, or the meeting; `code` its code or number; `value` a percentage or a day, as text.
    """

    at: datetime
    kind: NewsKind
    object_id: int
    code: str
    title_fr: str
    title_ar: str
    value: str

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def day(self) -> date | None:
        """The new due date, where one was moved."""
        return date.fromisoformat(self.value) if self.kind == NewsKind.SLIP else None

    @property
    def is_of_action(self) -> bool:
        return self.kind not in (NewsKind.DECISION, NewsKind.CONVOCATION)


def of_actions(actions: Collection[int], *, since: datetime) -> dict[int, list[News]]:
    """What happened to each of the actions since then, the newest first."""
    found: dict[int, list[News]] = {}
    rows = _of_actions(Action.objects.filter(pk__in=actions), since=since)
    for news in _read(rows, limit=500):
        found.setdefault(news.object_id, []).append(news)
    return found


def latest(*, user: User, since: datetime, limit: int = 5) -> list[News]:
    """The newest things in the committees that the reader sees: to actions, decisions taken, meetings convened."""
    committees = Committee.objects.visible_to(user).values("pk")
    rows = _of_actions(Action.objects.filter(committee__in=committees), since=since)
    items = AgendaItem.objects.visible_to(user).filter(meeting__committee__in=committees)
    decisions = Decision.objects.filter(item__in=items.values("pk"), state=DecisionState.ADOPTED, decided_at__gte=since)
    calls = Convocation.objects.filter(meeting__committee__in=committees, sent_at__gte=since)
    rows += [
        _columns(
            decisions, NewsKind.DECISION, at="decided_at", of="item__meeting", code="number", title="text", value=""
        ),
        _columns(calls, NewsKind.CONVOCATION, at="sent_at", of="meeting", code="number", title="", value=""),
    ]
    return _read(rows, limit=limit)


def _of_actions(actions: QuerySet[Action], *, since: datetime) -> list[QuerySet[Any, Any]]:
    ids = actions.order_by().values("pk")
    about = {"of": "action", "code": "action__code", "title": "action__title"}
    return [
        _columns(
            Progress.objects.filter(action__in=ids, at__gte=since),
            NewsKind.PROGRESS,
            at="at",
            value="percent",
            **about,
        ),
        _columns(Slip.objects.filter(action__in=ids, at__gte=since), NewsKind.SLIP, at="at", value="to_on", **about),
        _columns(
            Verification.objects.filter(action__in=ids, at__gte=since, confirmed=True),
            NewsKind.VERIFIED,
            at="at",
            value="",
            **about,
        ),
        _columns(
            Verification.objects.filter(action__in=ids, at__gte=since, confirmed=False),
            NewsKind.SENT_BACK,
            at="at",
            value="",
            **about,
        ),
        _columns(
            Evidence.objects.standing().filter(action__in=ids, added_at__gte=since),
            NewsKind.EVIDENCE,
            at="added_at",
            value="",
            **about,
        ),
    ]


def _columns(
    rows: QuerySet[Any], kind: NewsKind, *, at: str, of: str, code: str, title: str, value: str
) -> QuerySet[Any, Any]:
    """The same seven columns of every kind, so that the database joins and sorts them."""
    empty = Value("", output_field=CharField())
    text = CharField()
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            n_at=F(at),
            n_kind=Value(str(kind), output_field=text),
            n_object=Cast(F(f"{of}_id" if "__" not in of else f"{of}__pk"), IntegerField()),
            n_code=Cast(F(code), text),
            n_title_fr=Cast(F(f"{title}_fr"), text) if title else empty,
            n_title_ar=Cast(F(f"{title}_ar"), text) if title else empty,
            n_value=Cast(F(value), text) if value else empty,
        )
        .values_list("n_at", "n_kind", "n_object", "n_code", "n_title_fr", "n_title_ar", "n_value")
    )
    return found


def _read(rows: Iterable[QuerySet[Any, Any]], *, limit: int) -> list[News]:
    first, *others = rows
    joined = first.union(*others, all=True).order_by("-n_at")[:limit]
    return [News(row[0], NewsKind(row[1]), *row[2:]) for row in joined]
