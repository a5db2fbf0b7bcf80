"""Every piece of the interface on one page, for those who build it and for those who judge it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.views.generic import TemplateView

from core.ui import icons, samples
from core.views.mixins import PermissionMixin


def is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    """The agency's staff builds and judges the pages."""
    return bool(getattr(user, "is_agency_staff", False))


class GalleryView(PermissionMixin, TemplateView):
    """The pieces, in the language, the direction and the theme of the reader."""

    template_name = "core/gallery.html"
    permission = staticmethod(is_staff)  # type: ignore[assignment]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {"icons": icons.icon_names(), "glyphs": icons.glyph_names()}
        return super().get_context_data(**kwargs) | samples.gallery() | names
