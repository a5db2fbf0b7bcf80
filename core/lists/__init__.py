"""Lists of any length: keyset pages, declared sorts, filters in the URL, search by key.

A list page is a `ListView` with a `ListSpec`; its template extends `core/list.html` and says the columns.
"""

from core.lists.filters import ANY, Chip, FilterForm
from core.lists.spec import Empty, ListSpec, Sort
from core.lists.view import ListView

__all__ = ["ANY", "Chip", "Empty", "FilterForm", "ListSpec", "ListView", "Sort"]
