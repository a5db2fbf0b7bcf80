"""What a constraint says when it refuses can be said in every language."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_constraint_can_say_its_sentence(language: str) -> None:
    """Django fills the sentence with `%`: a bare per-cent sign in a translation would break the form that shows it."""
    with translation.override(language):
        for model in apps.get_models():
            for constraint in model._meta.constraints:
                assert constraint.get_violation_error_message(), f"{model._meta.label}: {constraint.name}"
