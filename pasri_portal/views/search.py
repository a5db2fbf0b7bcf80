"""The search over everything."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import finding, reads
from core.views.mixins import PermissionMixin

READ_AS = "search"
reads.register(READ_AS, _("Search"))


class Search(PermissionMixin, TemplateView):
    """What the reader may see of the words in `q`, by kind; a whole file pasted into the box is refused in words."""

    permission = staticmethod(lambda user: user.is_authenticated)
    template_name = "pasri_portal/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = finding.FindForm(self.request)
        text = form.values.get("q", "")
        enough = finding.is_enough(text)
        groups = finding.everything(self.request) if enough else []
        count = sum(len(group.found) for group in groups)
        if enough:
            reads.note(user=self.request.user, what=READ_AS, query=self.request.GET, rows=count)
        return super().get_context_data(
            form=form,
            text=text,
            refused=form.errors.get("q"),
            too_short=bool(text) and not enough,
            groups=groups,
            count=count,
            **kwargs,
        )
