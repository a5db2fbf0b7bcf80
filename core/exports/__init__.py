"""Lists as files that a spreadsheet opens: XLSX with typed cells and CSV, with the filters and the order of the screen.

    class SessionList(PermissionMixin, ListView):
        export = ExportSpec("sessions", _("Sessions"), [Column(_("Code"), "code", width=14), ...])

Columns read the database by path (`values_list`), never a row object: a hundred thousand rows go through in constant
memory. From `core.exports.answers.BIG` rows the work is a background job; below, the file is the answer itself.
"""

from core.exports.spec import Choice, Column, ExportSpec, Kind, Localized, Names

__all__ = ["Choice", "Column", "ExportSpec", "Kind", "Localized", "Names"]
