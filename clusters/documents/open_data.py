"""The published clusters as open data: one line a cluster, nobody in it. docs/open-data.md says what each column is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse

from clusters.models import Cluster
from core.exports.table import inert

MOST = 10_000
COLUMNS = (
    *("name_fr", "name_ar", "name_en", "kind", "stage", "seat_iso", "seat_fr", "also_active_iso", "sectors"),
    *("founded_on", "members", "website", "email", "confirmed_on", "page", "source", "fictional"),
)


def csv_of(rows: models.QuerySet[Cluster]) -> bytes:
    """UTF-8 with its mark, semicolons, ISO dates; several values in one cell are parted by a blank bar.

    `rows` bear `member_count`.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows.prefetch_related("sectors", "governorates").select_related("governorate")[:MOST]:
        writer.writerow([inert("" if value is None else str(value)) for value in _values(row)])
    return out.getvalue().encode("utf-8-sig")


def _values(row: Cluster) -> Iterable[object]:
    yield from (row.name_fr, row.name_ar, row.name_en, row.kind, row.stage)
    yield from (row.governorate.iso_code, row.governorate.name_fr)
    yield " | ".join(sorted(place.iso_code for place in row.governorates.all()))
    yield " | ".join(sorted(sector.code for sector in row.sectors.all()))
    yield from (row.founded_on, row.member_count, row.website, row.email, row.confirmed_on)  # type: ignore[attr-defined]
    yield settings.PORTAL_URL + reverse("clusters:public-cluster", args=[row.slug])
    yield from (row.source, "yes" if row.is_fictional else "no")
