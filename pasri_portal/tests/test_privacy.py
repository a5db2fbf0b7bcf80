"""Every field that may hold a word about a person is named in the register of processing, or said here to hold none."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from core import privacy

OURS = ("core", "accounts", "directory", "notifications", "clusters", "trainings", "steering")
TEXTS = (models.CharField, models.TextField, models.JSONField)

CONTENT = {"name_fr", "name_ar", "name_en", "code", "source", "origin", "kind", "state"}
"""What institutions, programmes and trainings are called: words about bodies and things."""

PLAIN = {
    "core.import": {"params", "digest", "columns", "figures", "made", "kept"},  # ids, numbers and codes only
    "core.job": {"language", "once_key", "fault", "result", "result_name", "result_type"},
    "core.journalentry": {"verb", "object_type", "data", "reason_hash"},  # codes only: see core.journal.record
    "core.journalreason": {"salt"},
    "core.message": {"key", "object_type", "outcome", "message_id", "sealed"},  # sealed: unreadable without the key
    "core.messagebatch": {"key", "object_type"},
    "core.personallink": {"place", "act", "object_type", "token_hash", "language"},
    "core.pulse": {"name"},
    "core.readentry": {"act"},
    "core.series": {"name"},
    "core.storedfile": {"content_type", "sha256"},
    "accounts.invitation": {"role"},
    "accounts.rolegrant": {"role"},
    "accounts.session": {"session_key"},
    "directory.holiday": {"status"},
    "directory.regime": {"status"},
    "directory.sitting": {"half"},
    "directory.governorate": {"iso_code", "region", "priority"},
    "directory.organisation": {"acronym", "website"},
    "directory.formername": {"acronym"},
    "directory.consenttext": {"purpose", "text_fr", "text_ar", "text_en"},
    "directory.programme": {"funder_fr", "funder_ar", "funder_en"},
    "clusters.cluster": {"slug", "presentation", "website", "stage", "support"},
    "clusters.phase": {"track", "code"},
    "steering.action": {"title", "details"},
    "steering.recommendation": {"origin_kind", "reference", "text", "priority", "closure", "retained"},
    "trainings.training": {"title", "objectives"},
    "trainings.session": {"slug", "title", "presentation", "venue", "cancelled_publicly", "resumes_as"},
    "trainings.question": {"label", "choices"},
    "trainings.sessionpart": {"title", "audience"},
    "trainings.halfday": {"half", "room", "module"},
    "trainings.signingkey": {"key_id", "public_key"},
    "trainings.certificate": {"number", "control_code", "check_token", "signature"},
    "trainings.calendarfeed": {"salt", "token_hash"},
    "steering.committee": {"slug"},
    "steering.meeting": {"place"},
    "steering.recurringitem": {"title", "expected"},
    "steering.agendaitem": {"title", "expected", "audience"},
    "steering.itemdocument": {"label"},
    "steering.convocation": {"number", "note", "said"},  # what the letter says names institutions only
    "steering.foundingact": {
        *("title", "power", "notice_count", "majority", "voters", "chair_substitute", "language", "silence"),
    },
    "steering.quorumcount": {"cause", "seats"},  # numbers of seats only
    "steering.decision": {"mode", "number"},
    "steering.minutes": {"sha256"},
    "steering.minutestext": {"sha256"},
    "steering.minutesfile": {"language"},
    "steering.plan": {"slug"},
    "steering.planentry": {"title"},
    "steering.review": {"verdict"},
    "steering.visit": {"page"},
    "steering.seat": {"voice"},
    "steering.tenure": {"act"},
    "steering.succession": {"act"},
}


def own_models() -> list[type[models.Model]]:
    """Our models, without the snapshots: they hold the same fields and follow the same lines."""
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not hasattr(model, "pgh_tracked_model")]


def registered(model: type[models.Model]) -> set[str]:
    return {name for line in privacy.lines() if line.model == model._meta.label_lower for name in line.fields}


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label_lower)
def test_every_text_of_a_model_is_in_the_register_or_holds_nothing_personal(model: type[models.Model]) -> None:
    plain = PLAIN.get(model._meta.label_lower, set())
    known = registered(model) | plain | {f"{name}_{code}" for name in plain for code in ("fr", "ar", "en")}
    if "name_latin" not in {field.name for field in model._meta.fields}:
        known |= CONTENT
    known |= {"source", "origin", "state"}
    texts = {f.name for f in model._meta.fields if isinstance(f, TEXTS) and not f.generated and not f.is_relation}
    assert not texts - known, "name them in the app's privacy.py, or in PLAIN"


def test_every_line_of_the_register_names_fields_that_exist() -> None:
    for line in privacy.lines():
        for name in line.fields:
            apps.get_model(line.model)._meta.get_field(name)
        assert str(line.purpose) and str(line.basis) and str(line.kept) and line.fields_in_words


@pytest.mark.feature(124)
def test_every_retention_period_says_what_and_how_long() -> None:
    assert privacy.retentions()
    assert all(retention.days > 0 and str(retention.label) for retention in privacy.retentions())
