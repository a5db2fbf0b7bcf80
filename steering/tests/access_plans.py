"""Who may open the addresses of the plans. A member of no committee finds nothing (404)."""

from __future__ import annotations

from accounts.tests.matrix import READERS, STAFF, Row, everybody, only
from steering.models import PlanVersion
from steering.tests.plan_factories import make_plan

NOT_MINE = {"member": 404}


def _of(version: PlanVersion) -> list[object]:
    return [version.plan.slug, version.number]


def adopted_plan() -> list[object]:
    return [make_plan(state="adopted").plan.slug]


def draft() -> list[object]:
    return _of(make_plan())


def review() -> list[object]:
    return _of(make_plan(state="review"))


def adopted() -> list[object]:
    return _of(make_plan(state="adopted"))


def public_plan() -> list[object]:
    return [make_plan(state="adopted", published=True).plan.slug]


def token() -> list[object]:
    """A link that is none: the page of dead links says so."""
    return ["x" * 43]


ACCESS: dict[str, Row] = {
    "steering:plan-list": only(*READERS, "member"),
    "steering:plan-create": only(*STAFF),
    "steering:plan-detail": only(*READERS, args=adopted_plan, **NOT_MINE),
    "steering:plan-edit": only(*STAFF, args=adopted_plan),
    "steering:plan-history": only(*READERS, args=adopted_plan, **NOT_MINE),
    "steering:plan-new-version": only(*STAFF, status=302, args=adopted_plan),
    "steering:plan-publish": only(*STAFF, status=302, args=adopted_plan),
    "steering:plan-withdraw": only(*STAFF, status=302, args=adopted_plan),
    "steering:version-detail": only(*READERS, args=adopted, **NOT_MINE),
    "steering:version-history": only(*READERS, args=adopted, **NOT_MINE),
    "steering:version-diff": only(*READERS, args=adopted, **NOT_MINE),
    "steering:version-choose": only(*STAFF, args=draft),
    "steering:version-ask": only(*STAFF, args=draft),
    "steering:version-extend": only(*STAFF, args=review),
    "steering:version-back": only(*STAFF, args=review),
    "steering:version-adopt": only(*STAFF, args=review),
    "steering:version-close": only(*STAFF, args=adopted),
    "steering:version-remind": only(*STAFF, status=302, args=review),
    "steering:review": only(args=review, **NOT_MINE),
    "steering:review-page": everybody(302, args=token),
    "steering:thread": only(*READERS, "member"),
    "steering:orphans": only(*READERS, "member"),
    "steering:accountability-list": everybody(),
    "steering:accountability": everybody(args=public_plan),
}
