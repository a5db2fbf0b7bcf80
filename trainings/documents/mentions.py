"""The certified fields as a reader sees them: label and value, in French and in Arabic side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core import formats
from core.pdf import Bilingual
from trainings.documents.certificate import hours_text
from trainings.documents.wording import joined, part_label
from trainings.models import Certificate


def mentions(certificate: Certificate) -> list[tuple[Bilingual, Bilingual]]:
    """Every certified field, none left out, so that an edited paper is caught."""
    fields = certificate.fields
    return [
        (Bilingual("Type", "النوع"), Bilingual("Attestation de présence", "شهادة حضور")),
        (Bilingual("Numéro", "العدد"), _same(fields["number"])),
        (Bilingual("Titulaire", "صاحب الشهادة"), Bilingual(fields["name_latin"], fields["name_ar"])),
        (Bilingual("Structure", "الهيكل"), _both(fields, "institution")),
        (Bilingual("Programme", "البرنامج"), _both(fields, "programme")),
        (Bilingual("Session", "الدورة"), _session(fields)),
        (
            Bilingual("Partie", "الجزء"),
            joined(part_label(fields["part_position"]), _both(fields, "part"), fr=" : ", ar=": "),
        ),
        (Bilingual("Dates", "التاريخ"), _dates(fields)),
        (Bilingual("Lieu", "المكان"), joined(_both(fields, "venue"), _both(fields, "governorate"))),
        (Bilingual("Demi-journées suivies", "أنصاف الأيام المتابعة"), _share(fields)),
        (Bilingual("Heures suivies", "الساعات المتابعة"), _hours(fields)),
        (Bilingual("Délivrée le", "سُلّمت يوم"), _day(fields["issued_on"])),
        *_validity(fields),
        (Bilingual("Clé de signature", "مفتاح الإمضاء"), _same(fields["key_id"])),
    ]


def _same(value: str) -> Bilingual:
    return Bilingual(value, value)


def _both(fields: dict[str, Any], name: str) -> Bilingual:
    return Bilingual(fields[f"{name}_fr"], fields[f"{name}_ar"])


def _session(fields: dict[str, Any]) -> Bilingual:
    title, code = _both(fields, "session").either, fields["session_code"]
    return Bilingual(f"{title.fr} ({code})", f"{title.ar} (\u2066{code}\u2069)")


def _dates(fields: dict[str, Any]) -> Bilingual:
    first, last = date.fromisoformat(fields["starts_on"]), date.fromisoformat(fields["ends_on"])
    return Bilingual(formats.date_range(first, last, "fr"), formats.date_range(first, last, "ar"))


def _day(text: str) -> Bilingual:
    day = date.fromisoformat(text)
    return Bilingual(formats.plain_date(day, "fr"), formats.plain_date(day, "ar"))


def _validity(fields: dict[str, Any]) -> list[tuple[Bilingual, Bilingual]]:
    """Its last day, where it has one."""
    if not fields.get("valid_until"):
        return []
    return [(Bilingual("Valable jusqu’au", "صالحة إلى غاية"), _day(fields["valid_until"]))]


def _share(fields: dict[str, Any]) -> Bilingual:
    done, planned = fields["half_days_attended"], fields["half_days_planned"]
    return Bilingual(f"{done} sur {planned}", f"{done} من {planned}")


def _hours(fields: dict[str, Any]) -> Bilingual:
    done, planned = (hours_text(Decimal(fields[name])) for name in ("hours", "hours_planned"))
    return Bilingual(f"{done} sur {planned}", f"{done} من {planned}")
