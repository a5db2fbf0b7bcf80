"""The register of processing, as the law asks for it."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from core import privacy
from core.views.mixins import PermissionMixin
from directory.permissions import can_read_register


class RegisterView(PermissionMixin, TemplateView):
    """Every personal field: purpose, basis, how long it is kept."""

    permission = staticmethod(can_read_register)
    template_name = "directory/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, register=privacy.lines(), retentions=privacy.retentions())
