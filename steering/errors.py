"""What the rules of the steering refuse."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, type_of_text


class RuleMissing(DomainError):
    """The founding act does not say what this act needs; no default is applied."""

    code = "rule_missing"

    def __init__(self, *rules: type_of_text) -> None:
        names = ", ".join(str(rule) for rule in rules)
        text = _("The founding act does not say: %(rules)s. Complete it first; nothing is assumed.")
        super().__init__(text % {"rules": names})
        self.rules = rules


class NoAct(DomainError):
    """No founding act is in force on the day."""

    code = "no_act"

    def __init__(self) -> None:
        super().__init__(_("No founding act of the committee is in force on that day."))


class NotInOffice(DomainError):
    """The person holds no mandate in the seat on that day, or the seat is not in office."""

    code = "not_in_office"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(_("This person holds no mandate in the seat on that day."), field=field)


class MinutesFrozen(DomainError):
    """The committee approved minutes: neither what they say nor their approval changes any more."""

    code = "minutes_frozen"

    def __init__(self) -> None:
        super().__init__(_("The committee approved the minutes: nothing of what they say changes any more."))


class NotReady(DomainError):
    """Something that the act needs is not there yet, or another one stands in its way."""

    code = "not_ready"


class WrongChoice(DomainError):
    """What was named does not fit: another committee's, past, or not adopted."""

    code = "wrong_choice"


class ReviewClosed(DomainError):
    """The version is not under review, or the hour of its deadline is past."""

    code = "review_closed"

    def __init__(self) -> None:
        super().__init__(_("The time for opinions on this version is over."))


class RemarkNeeded(DomainError):
    """Whoever neither approves nor recuses says why."""

    code = "remark_needed"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Say what should change, what you remark, or what you lack."), field=field)


class LateNotice(DomainError):
    """The letter leaves later than the founding act allows: only with a written reason."""

    code = "late_notice"

    def __init__(self, *, latest: date, field: str = "late_reason") -> None:
        text = _("The latest lawful day of the notice was %(day)s. Write the reason of the short notice: it is kept.")
        super().__init__(text % {"day": date_format(latest, "DATE_FORMAT")}, field=field)
        self.latest = latest


class AnswersClosed(DomainError):
    """The time to answer a convocation is over, or there is no convocation to answer."""

    code = "answers_closed"
