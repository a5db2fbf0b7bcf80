"""Who may open the addresses of the clusters."""

from __future__ import annotations

from accounts.tests.matrix import READERS, STAFF, everybody, only
from clusters.tests.factories import make_animation, make_cluster, make_member


def published() -> list[object]:
    return [make_cluster("published").slug]


def draft() -> list[object]:
    return [make_cluster("draft").slug]


def track() -> list[object]:
    return [make_cluster().slug, "support"]


def phase() -> list[object]:
    return [make_cluster().phases.get().pk]


def member() -> list[object]:
    return [make_member().pk]


def animation() -> list[object]:
    return [make_animation().pk]


ACCESS = {
    "clusters:directory": everybody(),
    "clusters:member-directory": everybody(),
    "clusters:open-data": everybody(),
    "clusters:public-cluster": everybody(args=published),
    "clusters:cluster-list": only(*READERS),
    "clusters:territory": only(*READERS),
    "clusters:cluster-create": only(*STAFF),
    "clusters:cluster-detail": only(*READERS, args=published),
    "clusters:cluster-edit": only(*STAFF, args=draft),
    "clusters:cluster-publish": only(*STAFF, status=302, args=draft),
    "clusters:cluster-confirm": only(*STAFF, status=302, args=published),
    "clusters:cluster-withdraw": only(*STAFF, args=published),
    "clusters:cluster-archive": only(*STAFF, args=published),
    "clusters:cluster-history": only(*READERS, args=published),
    "clusters:phase-enter": only(*STAFF, args=track),
    "clusters:phase-undo": only(*STAFF, args=phase),
    "clusters:member-list": only(*READERS, args=published),
    "clusters:member-add": only(*STAFF, args=published),
    "clusters:member-import": only(*STAFF, args=published),
    "clusters:member-edit": only(*STAFF, args=member),
    "clusters:member-remove": only(*STAFF, args=member),
    "clusters:animator-assign": only(*STAFF, args=published),
    "clusters:animator-hand-over": only(*STAFF, args=animation),
    "clusters:animator-end": only(*STAFF, args=animation),
}
