"""What the rules of the directory refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class WrongTaxKey(DomainError):
    """The key letter does not follow from the digits; a confirmation with its reason lets it through."""

    code = "wrong_tax_key"

    def __init__(self, *, expected: str) -> None:
        words = _(
            "The key letter does not fit the digits: it would be %(key)s. Correct the number; or, if the document "
            "really bears this letter, confirm it and write why."
        )
        super().__init__(words % {"key": expected}, field="tax_number")


class TaxNumberTaken(DomainError):
    """Another organisation bears this number."""

    code = "tax_number_taken"

    def __init__(self, *, name: str) -> None:
        super().__init__(_("This is the tax number of “%(name)s” already.") % {"name": name}, field="tax_number")
