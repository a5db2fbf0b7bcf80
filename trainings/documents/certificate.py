"""The certificate of attendance: what was certified, in Arabic and in French, with what lets a stranger check it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import segno
from django.utils import timezone

from core import formats
from core.pdf import Bilingual, render
from trainings.documents.wording import fact, joined, part_label

TEMPLATE = Path(__file__).with_name("certificate.typ")
LONG = 140  # beyond so many signs a line of the facts is set smaller, so that one page holds all
SIGNATORY = Bilingual("Pour l’Agence, signature et cachet", "عن الوكالة، الإمضاء والختم")


@dataclass(frozen=True)
class CertificatePaper:
    """The certified words and figures, and the marks of this certificate. Blank texts read "non documenté"."""

    number: str
    control_code: str
    key_id: str
    check_url: str
    check_page: str
    name: Bilingual
    institution: Bilingual
    session_code: str
    session_title: Bilingual
    part_position: int
    part_title: Bilingual
    first_day: date
    last_day: date
    half_days: int
    half_days_planned: int
    hours: Decimal
    hours_planned: Decimal
    place: Bilingual
    issued_at: datetime
    issued_in: Bilingual
    signatory: Bilingual = SIGNATORY
    valid_until: date | None = None
    demo: bool = False
    language: str = "fr"


def qr_svg(address: str) -> str:
    """The address as a QR code that still reads with 15 per cent of it gone."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()


def hours_text(hours: Decimal) -> str:
    """`14` or `13,5`."""
    return formats.number(hours.normalize(), 0 if hours == hours.to_integral_value() else 1)


def _share(done: str, planned: str) -> Bilingual:
    return Bilingual(f"{done} sur {planned}", f"{done} من {planned}")


def _day(day: date) -> Bilingual:
    return Bilingual(formats.plain_date(day, "fr"), formats.plain_date(day, "ar"))


def _facts(paper: CertificatePaper) -> list[dict[str, str]]:
    days = Bilingual(*(formats.date_range(paper.first_day, paper.last_day, language) for language in ("fr", "ar")))
    part = joined(part_label(paper.part_position), paper.part_title, fr=" : ", ar=": ")
    until = paper.valid_until
    validity = [] if until is None else [fact(Bilingual("Valable jusqu’au", "صالحة إلى غاية"), _day(until))]
    return [
        fact(Bilingual("Partie", "الجزء"), part),
        fact(Bilingual("Dates", "التاريخ"), days),
        fact(Bilingual("Lieu", "المكان"), paper.place),
        fact(
            Bilingual("Demi-journées suivies", "أنصاف الأيام المتابعة"),
            _share(str(paper.half_days), str(paper.half_days_planned)),
        ),
        fact(
            Bilingual("Heures suivies", "الساعات المتابعة"),
            _share(hours_text(paper.hours), hours_text(paper.hours_planned)),
        ),
        fact(Bilingual("Code de la session", "رمز الدورة"), Bilingual(paper.session_code)),
        *validity,
    ]


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """The certificate as PDF, one A4 page across. The same certificate gives the same bytes."""
    title, institution, where = joined(paper.session_title), paper.institution.either, joined(paper.issued_in)
    on, facts = timezone.localdate(paper.issued_at), _facts(paper)
    data = {
        "number": paper.number,
        "control_code": paper.control_code,
        "key_id": paper.key_id,
        "check_url": paper.check_url,
        "check_page": paper.check_page,
        "qr": qr_svg(paper.check_url),
        "name": {"fr": paper.name.fr, "ar": paper.name.ar},
        "institution": {"fr": institution.fr, "ar": institution.ar},
        "title": {"fr": title.fr, "ar": title.ar},
        "facts": facts,
        "long": max(len(line[side]) for line in facts for side in ("fr", "ar")) > LONG,
        "done": {
            "fr": f"{where.fr}, le {formats.plain_date(on, 'fr')}",
            "ar": f"{where.ar} في {formats.plain_date(on, 'ar')}",
        },
        "signatory": {"fr": paper.signatory.fr, "ar": paper.signatory.ar},
    }
    title_of_file = {"ar": f"شهادة حضور عدد {paper.number}"}.get(
        paper.language, f"Attestation de présence n° {paper.number}"
    )
    return render(TEMPLATE, data, language=paper.language, title=title_of_file, demo=paper.demo, at=paper.issued_at)
