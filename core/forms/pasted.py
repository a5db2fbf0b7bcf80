"""A list of people, pasted out of a table or given as a file."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import tables
from core.forms.base import PortalForm
from core.tables import Grid, TableRefused


class PastedField(forms.Field):
    """What was pasted, as it is: the reader of tables takes out what is invisible, and says so."""

    widget = forms.Textarea(attrs={"rows": 9, "dir": "auto", "spellcheck": "false", "class": "pasted"})

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)


class PasteForm(PortalForm):
    """One of the two: a text, or a file. What is no table is refused beside its field, and what was pasted stays."""

    pasted = PastedField(
        label=_("Paste the list here, with its headings"),
        required=False,
        help_text=_("Mark the lines in Excel or Word, copy them, and paste them here."),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        max_length=200,
        help_text=_("Excel (.xlsx) or CSV, 10 MB and %(most)s people at most.") % {"most": tables.MOST_ROWS},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.mark_optional = False  # type: ignore[attr-defined]

    grid: Grid | None = None
    digest = ""
    file_name = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text, file = cleaned.get("pasted", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if file and text.strip():
            self.add_error("file", _("Paste a list or choose a file, not both."))
        elif file:
            self._read_file(file)
        elif text.strip():
            self._read_text(text)
        else:
            self.add_error("pasted", _("Paste the list, or choose a file."))
        return cleaned

    def _read_text(self, text: str) -> None:
        try:
            self.grid = tables.read_pasted(text)
        except TableRefused as error:
            self.add_error("pasted", str(error))
        self.digest = hashlib.sha256("\n".join(text.split("\r\n")).strip().encode(errors="replace")).hexdigest()

    def _read_file(self, file: Any) -> None:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        try:
            self.grid = tables.read_file(file.name, file)
        except TableRefused as error:
            self.add_error("file", str(error))
        self.digest, self.file_name = digest.hexdigest(), file.name
