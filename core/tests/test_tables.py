"""Tables that are pasted or handed over: what is read out of the odd ones, and that the hostile ones are refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings

from core.tables import Field, Grid, Reading, TableRefused, cleaners, read_file, read_pasted, recognise
from core.tests import hostile

FIELDS = (
    Field(
        "name_latin",
        "Name",
        ("Nom et prénom", "Nom", "الاسم واللقب", "Name"),
        cleaners.names("name_latin", "name_ar"),
        required=True,
        looks=cleaners.looks_like_latin_name,
    ),
    Field(
        "name_ar",
        "Arabic name",
        ("Nom en arabe", "الاسم بالعربية"),
        cleaners.names("name_latin", "name_ar"),
        looks=cleaners.looks_like_arabic_name,
    ),
    Field("email", "E-mail", ("Courriel", "البريد الإلكتروني"), cleaners.email, looks=cleaners.looks_like_email),
    Field("phone", "Phone", ("Téléphone", "الهاتف"), cleaners.phone, looks=cleaners.looks_like_phone),
    Field("born", "Born", ("Date de naissance", "تاريخ الولادة"), cleaners.day),
)


def reading(grid: Grid, **kwargs: Any) -> Reading:
    return recognise(grid, FIELDS, **kwargs)


def pasted(text: str) -> Reading:
    return reading(read_pasted(text))


def from_file(content: bytes) -> Reading:
    return reading(read_file("liste.xlsx", io.BytesIO(content)))


def made(fill: Callable[[Any, Any], None]) -> bytes:
    """What openpyxl writes after `fill(workbook, sheet)`."""
    book = openpyxl.Workbook()
    fill(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def values(found: Reading) -> list[dict[str, Any]]:
    return [row.values for row in found.rows]


def said(found: Reading) -> str:
    return " ".join(map(str, found.notes))


@pytest.mark.feature(105)
@pytest.mark.parametrize("name", list(hostile.corpus()))
def test_a_hostile_or_foreign_file_is_refused_with_its_reason(name: str) -> None:
    code, content = hostile.corpus()[name]
    with pytest.raises(TableRefused) as refused:
        read_file(name, io.BytesIO(content))
    assert refused.value.code == code and str(refused.value)


PROBE = """
import io, json, os, resource, sys, time
import django
django.setup()
from core.tables import TableRefused, read_file
sys.path.insert(0, os.getcwd())
out = {}
def peak():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024
before = peak()
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        started = time.process_time()
        try:
            read_file("liste.xlsx", file)
            code = "read"
        except TableRefused as error:
            code = error.code
        out[os.path.basename(path)] = [code, time.process_time() - started, peak() - before]
print(json.dumps(out))
"""


@pytest.mark.feature(105)
def test_hostile_files_are_refused_in_a_second_and_in_little_memory(tmp_path: Path) -> None:
    """In a process of its own: the processor's time of each, and by how much the memory of all together grew."""
    paths = []
    for number, (_code, content) in enumerate(hostile.corpus().values()):
        paths.append(tmp_path / str(number))
        paths[-1].write_bytes(content)
    command = [sys.executable, "-c", PROBE, *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR, timeout=120)
    found = json.loads(answer.stdout.splitlines()[-1])
    for number, (name, (code, _content)) in enumerate(hostile.corpus().items()):
        got, seconds, megabytes = found[str(number)]
        assert got == code, name
        assert seconds <= 1, (name, seconds)
        assert megabytes <= 100, (name, megabytes)


def test_the_small_file_that_unpacks_to_98_mb_is_small() -> None:
    assert len(hostile.small_that_unpacks_to_98_mb()) <= 290_000


@pytest.mark.parametrize("most", [300, 20])
def test_three_hundred_lines_and_headings_are_read_and_one_more_is_not(most: int) -> None:
    read = read_file("liste.xlsx", io.BytesIO(hostile.of_rows(most)), most_rows=most)
    found = recognise(read, FIELDS)
    assert len(found.rows) == most and not found.has_errors
    one_more = read_file("liste.xlsx", io.BytesIO(hostile.of_rows(most + 1)), most_rows=most)
    with pytest.raises(TableRefused, match=str(most)) as refused:
        recognise(one_more, FIELDS)
    assert refused.value.code == "too_many_rows"


def test_formulas_errors_dates_and_numbers_are_read_as_people_see_them() -> None:
    content = hostile.workbook(
        hostile.sheet(
            [
                ("Nom", "E-mail", "Téléphone", "Date de naissance"),
                ('<c t="str"><f>A1</f><v>Sami Trabelsi</v></c>', "<c><f>B1</f></c>", "<c><v>2.1671234567E10</v></c>"),
                ("Amel Gharbi", '<c t="e"><v>#REF!</v></c>', "<c><v>1e+25</v></c>", '<c s="1"><v>29221</v></c>'),
                ("Zied Amri", "z@b.tn", "71 234 567 / 98 765 432", "<c><v>29221</v></c>"),
            ]
        ),
        xl__styles_xml='<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    )
    found = from_file(content)
    one, two, three = found.rows
    assert one.values == {"name_latin": "Sami Trabelsi", "phone": "+21671234567"}
    assert "formule" in str(one.errors["email"]) and "#REF!" in str(two.errors["email"])
    assert "raccourci" in str(two.errors["phone"]) and two.values["born"] == date(1980, 1, 1)
    assert three.values["born"] == date(1980, 1, 1) and three.values["phone"] == "+21671234567"
    assert "plusieurs" in str(three.remarks["phone"]) and "formules" in said(found)
    assert [row.number for row in found.rows] == [2, 3, 4]


def test_hidden_and_merged_cells_and_other_sheets_are_said() -> None:
    def fill(book: Any, sheet: Any) -> None:
        book.create_sheet("Cachée", 0).append(["Nom"])
        book["Cachée"].sheet_state = "hidden"
        book.create_sheet("Autre").append(["x"])
        sheet.title = "Présents"
        for row in [
            ("Nom", "Secret", "E-mail"),
            ("Sami Trabelsi", "s", "a@b.tn"),
            ("", "", "c@d.tn"),
            ("Amel", "", "e@f.tn"),
        ]:
            sheet.append(row)
        sheet.merge_cells("A2:A3")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.sheet_view.rightToLeft = True

    found = from_file(made(fill))
    assert found.header == ["Nom", "E-mail"] and [row.number for row in found.rows] == [2, 3]
    assert found.rows[0].values == {"name_latin": "Sami Trabelsi", "email": "a@b.tn"}
    assert found.rows[1].cells["name_latin"].note == "merged" and "name_latin" in found.rows[1].errors
    for words in ("Présents", "feuilles masquées", "colonnes masquées", "lignes masquées", "fusionnées"):
        assert words in said(found)


@pytest.mark.feature(105)
def test_what_excel_and_word_put_on_the_clipboard_is_read() -> None:
    found = pasted(
        'Nom et prénom\tE-MAIL\tالهاتف\r\n"Sami\nTrabelsi"\tA@B.tn\t٧١ ٢٣٤ ٥٦٧\r\nAmel "Mimi" Gharbi\tc@d.tn\t\r\n'
    )
    assert values(found) == [
        {"name_latin": "Sami Trabelsi", "email": "a@b.tn", "phone": "+21671234567"},
        {"name_latin": 'Amel "Mimi" Gharbi', "email": "c@d.tn"},
    ]
    unclosed = pasted('Nom\tE-mail\n"Sami Trabelsi\ta@b.tn\nAmel Gharbi\tc@d.tn')
    assert len(unclosed.rows) == 2


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-16-le", ";"), ("cp1256", ";"), ("utf-8", "|")],
)
def test_files_of_values_are_read_in_the_encodings_of_windows(encoding: str, separator: str) -> None:
    lines = [("Nom et prénom", "الاسم بالعربية", "Courriel"), ("Sélim Trabelsi", "سليم الطرابلسي", "s@b.tn")]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    found = reading(read_file("liste.csv", io.BytesIO(content)))
    assert values(found) == [{"name_latin": "Sélim Trabelsi", "name_ar": "سليم الطرابلسي", "email": "s@b.tn"}]


def test_french_without_arabic_is_read_in_its_code_page() -> None:
    content = "Nom;Courriel\r\nÉlÉonore Çapar;e@b.tn".encode("cp1252")
    assert values(reading(read_file("x", io.BytesIO(content))))[0]["name_latin"] == "ÉlÉonore Çapar"


def test_headings_unknown_doubled_missing_and_above_are_said_and_columns_can_be_changed() -> None:
    grid = read_pasted(
        "Liste des présents\n\nE-mail\tCouleur\tEmail\tNOM :\na@b.tn\tbleu\tc@d.tn\tSami Trabelsi\tde trop"
    )
    found = reading(grid)
    assert found.columns == ["email", None, None, "name_latin", None] and found.found_by == "headings"
    assert all(words in said(found) for words in ("Couleur", "en double", "précède"))
    changed = reading(grid, columns=[None, "x", "email", "name_latin"])
    assert changed.rows[0].values == {"email": "c@d.tn", "name_latin": "Sami Trabelsi"}
    assert changed.found_by == "choice" and len(changed.rows[0].line) == 5
    assert "Name" in said(pasted("E-mail\tTéléphone\na@b.tn\t71234567"))


def test_without_headings_the_columns_are_guessed() -> None:
    found = pasted("1\tSami Trabelsi\tسامي الطرابلسي\ta@b.tn\t71234567\n2\tAmel Gharbi\tأمل الغربي\tc@d.tn\t98 765 432")
    assert found.columns == [None, "name_latin", "name_ar", "email", "phone"] and found.header is None
    assert found.found_by == "content" and len(found.rows) == 2


def test_only_headings_is_no_error_but_is_said() -> None:
    found = pasted("Nom\tE-mail")
    assert found.rows == [] and "aucune ligne" in said(found)


@pytest.mark.parametrize(
    ("text", "latin", "arabic"),
    [
        ("Mohamed Ben Ali محمد بن علي", "Mohamed Ben Ali", "محمد بن علي"),
        ("محمد بن علي / Mohamed Ben Ali", "Mohamed Ben Ali", "محمد بن علي"),
        ("\u202bأمل الغربي\u202c (Amel Gharbi)", "Amel Gharbi", "أمل الغربي"),
        ("Jean-Pierre d’Arc", "Jean-Pierre d’Arc", None),
        ("أمل", None, "أمل"),
    ],
)
def test_both_scripts_in_one_cell_become_two_names(text: str, latin: str | None, arabic: str | None) -> None:
    row = pasted(f"Nom\tE-mail\n{text}\ta@b.tn").rows[0]
    assert (row.values.get("name_latin"), row.values.get("name_ar")) == (latin, arabic)


@pytest.mark.parametrize("text", ["Mоhamed", "12345678", "x" * 201, "Жанна", "---"])
def test_what_is_no_name_is_said_beside_the_cell(text: str) -> None:
    assert "name_latin" in pasted(f"Nom\tE-mail\n{text}\ta@b.tn").rows[0].errors


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("71234567", "+21671234567"),
        ("21671234567", "+21671234567"),
        ("00216 71 234 567", "+21671234567"),
        ("(+216) 71-234-567", "+21671234567"),
        ("Tél : 71.234.567", "+21671234567"),
        ("+33 1 23 45 67 89", "+33123456789"),
        ("'98765432", "+21698765432"),
        ("٩٨٧٦٥٤٣٢", "+21698765432"),
        ("98 765 432 ou 71 234 567", "+21698765432"),
        ("71/234/567", "+21671234567"),
        ("2,16712E+10", None),
        ("1234", None),
        ("inconnu", None),
    ],
)
def test_telephones_as_people_write_them(text: str, phone: str | None) -> None:
    row = pasted(f"Nom\tTéléphone\nSami Trabelsi\t{text}").rows[0]
    assert row.values.get("phone") == phone and ("phone" in row.errors) == (phone is None)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Sami <A.B@C.tn>", "a.b@c.tn"),
        ("mailto:a@b.tn", "a@b.tn"),
        ("a@b.tn; c@d.tn", None),
        ("a@b", None),
        ("a@b.tn\u200f", "a@b.tn"),
    ],
)
def test_addresses_as_people_write_them(text: str, email: str | None) -> None:
    row = pasted(f"Nom\tE-mail\nSami Trabelsi\t{text}").rows[0]
    assert row.values.get("email") == email and ("email" in row.errors) == (email is None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("٣/٦/١٩٨٠", date(1980, 6, 3)),
        ("3 juin 1980", date(1980, 6, 3)),
        ("29221", date(1980, 1, 1)),
        ("31/02/1980", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    row = pasted(f"Nom\tDate de naissance\nSami Trabelsi\t{text}").rows[0]
    assert row.values.get("born") == day and ("born" in row.errors) == (day is None)
