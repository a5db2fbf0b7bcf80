"""The 24 governorates, and the portal's own short list of sectors."""

from __future__ import annotations

from directory.domain.reference.rows import Tally, bring, lines
from directory.models import Governorate, Sector

NAMES = ("name_fr", "name_ar", "name_en")


def load_governorates() -> Tally:
    """By ISO code; spelling, region, district and priority follow the file."""
    existing = {row.iso_code: row for row in Governorate.objects.all()}
    wanted = ((r["iso_code"], Governorate(**{**r, "district": int(r["district"])})) for r in lines("governorates.csv"))
    return bring(existing, wanted, fields=(*NAMES, "region", "district", "priority"))


def load_sectors() -> Tally:
    """By code; names follow the file."""
    existing = {row.code: row for row in Sector.objects.all()}
    return bring(existing, ((r["code"], Sector(**r)) for r in lines("sectors.csv")), fields=NAMES)
