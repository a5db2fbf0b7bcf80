"""`./portal features`: marks are found in the source, and only there."""

from __future__ import annotations

from pathlib import Path

from launcher.commands.features import find_marks, read_titles
from launcher.state import CHECKOUT


def test_the_list_has_the_131_features() -> None:
    titles = read_titles(CHECKOUT / "docs" / "features.csv")
    assert list(titles) == list(range(1, 132))
    assert len(set(titles.values())) == 131
    assert all(titles.values())


def test_marks_of_functions_and_classes_are_found_without_importing(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "test_x.py").write_text(
        "raise SystemExit('imported')\n"
        "import pytest\n"
        "@pytest.mark.feature(26)\n@pytest.mark.feature(27)\ndef test_a(): ...\n"
        "@pytest.mark.feature(45)\nclass TestB:\n    @pytest.mark.feature(46)\n    def test_c(self): ...\n"
        "    def helper(self): ...\n"
        "def test_unmarked(): ...\n"
    )
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "test_y.py").write_text("@pytest.mark.feature(1)\ndef test_z(): ...\n")
    assert find_marks(tmp_path) == {
        26: ["app/test_x.py::test_a"],
        27: ["app/test_x.py::test_a"],
        45: ["app/test_x.py::TestB::test_c"],
        46: ["app/test_x.py::TestB::test_c"],
    }
