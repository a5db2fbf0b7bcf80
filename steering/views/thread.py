"""The red thread as a page: of a committee, or of one recommendation, decision or action; and what is loose."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from core.views.mixins import PermissionMixin
from steering.domain import orphans, thread
from steering.domain.thread import Strand
from steering.models import Action, AgendaItem, Committee, Decision, Recommendation
from steering.permissions import can_read, can_write


class CommitteeChoice(PermissionMixin, TemplateView):
    """A page about one committee: the one that the address names, or else the reader's first."""

    permission = staticmethod(can_read)

    def committees(self) -> list[Committee]:
        user: Any = self.request.user
        return list(Committee.objects.visible_to(user).order_by("order_fr", "id"))

    def chosen(self, committees: list[Committee]) -> Committee | None:
        asked = self.request.GET.get("committee", "")
        if not asked:
            return committees[0] if committees else None
        found = next((committee for committee in committees if committee.slug == asked), None)
        if found is None:
            raise Http404
        return found


class Thread(CommitteeChoice):
    """One drawing, and the same in words."""

    template_name = "steering/plans/thread.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        about = self._about()
        committees = self.committees()
        if about is None:
            committee = self.chosen(committees)
            strands = thread.of_committee(committee=committee, user=user) if committee else []
        else:
            committee, strands = about["committee"], about["strands"]
        loose = orphans.of(committee=committee, user=user) if committee and about is None else None
        return super().get_context_data(
            committees=committees,
            committee=committee,
            about=about,
            strands=strands,
            rows=thread.rows_of(strands, on=timezone.localdate()),
            orphans=loose,
            can_write=can_write(user),
            **kwargs,
        )

    def _about(self) -> dict[str, Any] | None:
        """The one thing that the address names, where this reader may see it."""
        for name, find in (
            ("recommendation", self._recommendation),
            ("decision", self._decision),
            ("action", self._action),
        ):
            asked = self.request.GET.get(name, "")
            if asked:
                if not asked.isdecimal() or len(asked) > 9:
                    raise Http404
                return find(int(asked))
        return None

    def _recommendation(self, pk: int) -> dict[str, Any]:
        user: Any = self.request.user
        found = get_object_or_404(Recommendation.objects.visible_to(user).select_related("committee"), pk=pk)
        strands = thread.of_recommendation(recommendation=found, user=user)
        return _about("recommendation", found, found.code, found.committee, strands)

    def _decision(self, pk: int) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Decision.objects.filter(item__in=AgendaItem.objects.visible_to(user).values("pk"))
        found = get_object_or_404(rows.select_related("item__meeting__committee"), pk=pk)
        strands = thread.of_decision(decision=found, user=user)
        return _about("decision", found, found.number, found.item.meeting.committee, strands)

    def _action(self, pk: int) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Action.objects.visible_to(user).select_related("committee", "parent__parent")
        found = get_object_or_404(rows, pk=pk)
        return _about("action", found, found.code, found.committee, thread.of_action(action=found, user=user))


def _about(kind: str, thing: Any, code: str, committee: Committee, strands: list[Strand]) -> dict[str, Any]:
    return {"kind": kind, "thing": thing, "code": code, "committee": committee, "strands": strands}


class OrphanList(CommitteeChoice):
    """Where the thread is broken, each with the way to mend it."""

    template_name = "steering/plans/orphans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        committees = self.committees()
        committee = self.chosen(committees)
        found = orphans.of(committee=committee, user=user) if committee else None
        back = reverse("steering:thread") + (f"?committee={committee.slug}" if committee else "")
        return super().get_context_data(
            committees=committees,
            committee=committee,
            orphans=found,
            back_url=back,
            can_write=can_write(user),
            **kwargs,
        )
