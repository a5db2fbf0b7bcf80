"""Where recommendations and actions come from: a decision or an item is of the same committee, or it is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from steering.enums import DecisionState
from steering.models import AgendaItem, Committee, Decision


def decision_of(committee: Committee, decision: Decision | None) -> None:
    """Refuse a decision that another committee took, or that was not adopted. Raises DomainError on `decision`."""
    if decision is None:
        return
    meeting = decision.item.meeting
    if meeting.committee_id != committee.pk:
        raise DomainError(_("Another committee took this decision."), code="other_committee", field="decision")
    if decision.state != DecisionState.ADOPTED:
        raise DomainError(_("This decision is not adopted."), code="not_adopted", field="decision")


def item_of(committee: Committee, item: AgendaItem | None) -> None:
    """Refuse an item of another committee's agenda. Raises DomainError on `item`."""
    if item is not None and item.meeting.committee_id != committee.pk:
        raise DomainError(
            _("This item stands on the agenda of another committee."), code="other_committee", field="item"
        )
