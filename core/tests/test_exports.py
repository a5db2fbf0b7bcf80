"""Exports re-opened: what a spreadsheet finds in the file (PROMISES rows 48 and 49)."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.exports import quick, table, workbook
from core.exports.sheet import DEMONSTRATION, Sheet
from core.exports.spec import Kind

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u200b=",
    "\u202e=",
    "\ufeff=",
    "|",
    "%",
    "＝",
    "＋",
    "－",
    "＠",
)
BODIES = (
    "1+1",
    'HYPERLINK("http://example.org","x")',
    "cmd|' /C calc'!A0",
    "SUM(1;1)",
    'IMPORTXML(CONCAT("http://example.org/",A1))',
    "2+5+cmd|' /C calc'!A0",
    "A1:A9",
    'WEBSERVICE("http://example.org")',
    'DDE("cmd";"/C calc";"x")',
    "1+1;=1+1",
    "rundll32|'URL.dll,OpenURL x'!A",
    "A0\x07",
)
PAYLOADS = [start + body for start in STARTS for body in BODIES]
PHONES = [f"+216{20_000_000 + n * 7}" for n in range(9_990)] + [f"+216 71 {n} 00{n}" for n in range(100, 110)]
Opened = Callable[..., Any]


def sheet(rows: list[list[Any]], kinds: list[Kind], *, rtl: bool = False, is_demo: bool = False) -> Sheet:
    headings = [f"Colonne {n}" for n in range(len(kinds))]
    return Sheet("Inscriptions: [2026]", headings, kinds, [18] * len(kinds), iter(rows), rtl, is_demo)


def nothing(done: int) -> None:
    pass


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """`opened(rows, kinds)`: the sheet as openpyxl finds it."""

    def reopen(rows: list[list[Any]], kinds: list[Kind], **more: Any) -> Any:
        out = io.BytesIO()
        workbook.write(out, sheet(rows, kinds, **more), folder=tmp_path, tick=nothing)
        assert list(tmp_path.iterdir()) == [], "nothing intermediate is left"
        return openpyxl.load_workbook(out).active

    return reopen


def lines(rows: list[list[Any]], kinds: list[Kind]) -> Iterator[list[str]]:
    out = io.BytesIO()
    table.write(out, sheet(rows, kinds), tick=nothing)
    content = out.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")


def test_200_payloads_make_no_formula_and_no_link_in_a_workbook(opened: Opened) -> None:
    page = opened([[payload] for payload in PAYLOADS], [Kind.TEXT])

    assert len(PAYLOADS) >= 200
    found = [row[0] for row in page.iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)
    kept = [payload for payload in PAYLOADS if payload.isprintable()]
    assert set(kept) <= {cell.value for cell in found}, "the words are there, as words"


def test_200_payloads_are_neutralised_in_a_table() -> None:
    _, *found = lines([[payload] for payload in PAYLOADS], [Kind.TEXT])

    assert len(found) == len(PAYLOADS)
    assert [row[0] for row in found if not row[0].startswith("'")] == []


def test_phones_leading_zeros_and_negatives_survive_a_workbook(opened: Opened) -> None:
    rows = [[phone, f"00{n}", -n, Decimal(-n) / 8] for n, phone in enumerate(PHONES)]
    page = opened(rows, [Kind.PHONE, Kind.TEXT, Kind.INT, Kind.DECIMAL])

    found = list(page.iter_rows(min_row=2))
    assert [row[0].value for row in found] == PHONES
    assert len(found) == 10_000
    assert {row[0].data_type for row in found} == {row[1].data_type for row in found} == {"s"}
    assert [row[1].value for row in found] == [row[1] for row in rows]
    assert [row[2].value for row in found] == [row[2] for row in rows]
    assert {row[2].data_type for row in found} == {row[3].data_type for row in found} == {"n"}


def test_phones_and_numbers_with_a_sign_stay_in_a_table_as_they_are() -> None:
    rows = [["+21671234567", "+216 71 234 567", "-12,5", "007", -3, Decimal("-1.500")]]
    kinds = [Kind.PHONE, Kind.PHONE, Kind.TEXT, Kind.TEXT, Kind.INT, Kind.DECIMAL]

    assert list(lines(rows, kinds))[1] == ["+21671234567", "+216 71 234 567", "-12,5", "007", "-3", "-1,500"]


def test_dates_are_dates_on_the_clock_of_tunis(opened: Opened) -> None:
    moment = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)
    page = opened([[date(2026, 6, 3), moment, None]], [Kind.DATE, Kind.DATETIME, Kind.DATE])

    assert [cell.data_type for cell in page[2][:2]] == ["d", "d"]
    assert page["A2"].value == datetime(2026, 6, 3)  # noqa: DTZ001 a sheet knows no zones
    assert page["B2"].value == datetime(2026, 6, 4, 0, 30)  # noqa: DTZ001
    assert page["C2"].value is None
    assert list(lines([[date(2026, 6, 3), moment]], [Kind.DATE, Kind.DATETIME]))[1] == [
        "03/06/2026",
        "04/06/2026 00:30",
    ]


def test_an_arabic_sheet_goes_from_right_to_left_and_its_heading_stays(opened: Opened) -> None:
    page = opened([["لطفي"]], [Kind.TEXT], rtl=True)

    assert page.sheet_view.rightToLeft
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:A2"
    assert page["A2"].value == "لطفي"
    assert page.column_dimensions["A"].width == pytest.approx(18, abs=1)
    assert not opened([["Lotfi"]], [Kind.TEXT]).sheet_view.rightToLeft


def test_a_table_begins_with_its_mark_and_ends_lines_as_excel_does() -> None:
    out = io.BytesIO()
    table.write(out, sheet([["Béja", "باجة"]], [Kind.TEXT, Kind.TEXT]), tick=nothing)

    assert out.getvalue() == "\ufeffColonne 0;Colonne 1\r\nBéja;باجة\r\n".encode()


def test_a_text_too_long_for_a_cell_is_cut_and_said(opened: Opened) -> None:
    page = opened([["x" * 40_000], ["a\x00b\x1fc"]], [Kind.TEXT])

    assert len(page["A2"].value) == quick.MAX_TEXT
    assert page["A2"].value.endswith("…")
    assert page["A3"].value == "abc"


def test_pieces_of_a_file_stay_text(opened: Opened) -> None:
    texts = ["<r><t>x</t></r>", "</t></is></c><c><f>1+1</f></c>", "a & b < c", "_x0041_", "  espaces  ", "deux\nlignes"]
    page = opened([[text] for text in texts], [Kind.TEXT])

    assert [row[0].data_type for row in page.iter_rows(min_row=2)] == ["s"] * len(texts)
    unescaped = [row[0].value.replace("_x005F_", "_") for row in page.iter_rows(min_row=2)]
    assert unescaped == texts


def test_a_demonstration_says_so_in_name_and_header(opened: Opened) -> None:
    page = opened([["x"]], [Kind.TEXT], is_demo=True)

    assert DEMONSTRATION in page.oddHeader.center.text
    assert "demonstration" in sheet([], [], is_demo=True).file_name("xlsx")
    assert page.title.split() == ["Inscriptions", "2026"]


def test_ten_thousand_rows_are_never_held_together(tmp_path: Path) -> None:
    rows = ([f"Personne {n}", f"+216{20_000_000 + n}", n, date(2026, 6, 3)] * 3 for n in range(10_000))
    kinds = [Kind.TEXT, Kind.PHONE, Kind.INT, Kind.DATE] * 3
    told: list[int] = []
    with (tmp_path / "out.xlsx").open("wb") as out:
        tracemalloc.start()
        many = Sheet("Inscriptions", [f"C{n}" for n in range(12)], kinds, [18] * 12, rows, False, False)
        count = workbook.write(out, many, folder=tmp_path, tick=told.append)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert count == 10_000
    assert told == [2_000, 4_000, 6_000, 8_000, 10_000]
    assert peak < 10 * 1024 * 1024
