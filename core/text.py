"""Text from people: what no name, title or note may hold."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

STEERING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without a shape that turn the direction of what follows, or hide in a name."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_BREAK = re.compile("[\r\n\u2028\u2029]")


def refuse_hidden_signs(value: object) -> None:
    """A validator: no signs that are not seen and change how the text reads."""
    if not isinstance(value, str):
        return
    if STEERING.search(value):
        raise ValidationError(
            _("This holds a hidden sign that changes the direction of the text. Type it again instead of pasting it."),
            code="steering",
        )
    if CONTROL.search(value):
        raise ValidationError(_("This holds a control sign. Type it again instead of pasting it."), code="control")


def refuse_line_breaks(value: object) -> None:
    """A validator for text of one line."""
    if isinstance(value, str) and LINE_BREAK.search(value):
        raise ValidationError(_("Write this on one line."), code="line_break")
