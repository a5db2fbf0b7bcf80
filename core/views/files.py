"""How a kept file is handed over: as a download, never as a page of the portal's own."""

from __future__ import annotations

from django.http import FileResponse, Http404

from core import files
from core.models import StoredFile


def handed_over(stored: StoredFile) -> FileResponse:
    """The file under the name that its giver knows. Whoever calls has asked for permission; 404 when it is gone."""
    try:
        opened = files.path_of(stored).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=stored.name, content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
