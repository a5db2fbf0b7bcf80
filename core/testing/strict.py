"""Makes tests see what people would only half see: undefined template variables, lists without an order.

`install()` is called once by conftest.py. Our own templates alone are held to it; those of packages are theirs.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.context import Context

DEFAULTS = frozenset({"default", "default_if_none", "yesno"})


class UndefinedVariable(AssertionError):
    """A template shows a variable that nobody gave it."""


def install() -> None:
    """Patch Django for the whole test run."""
    _refuse_undefined_variables()
    _turn_unordered_rows_round()


def _refuse_undefined_variables() -> None:
    """`{{ x }}` with no x fails, unless a filter gives the default; `{% if x %}` may ask for what is not there."""
    resolve_variable = Variable.resolve
    resolve_expression = FilterExpression.resolve
    missing: list[Variable] = []

    def variable(self: Variable, context: Any) -> Any:
        try:
            return resolve_variable(self, context)
        except VariableDoesNotExist:
            missing.append(self)
            raise

    def expression(self: FilterExpression, context: Context, ignore_failures: bool = False) -> Any:
        before = len(missing)
        value = resolve_expression(self, context, ignore_failures)
        undefined = [var for var in missing[before:] if var is self.var]
        del missing[before:]
        if undefined and not ignore_failures and not _has_default(self) and _is_ours(context):
            raise UndefinedVariable(f"{{{{ {self.token} }}}} in {_template_name(context)}")
        return value

    Variable.resolve = variable  # type: ignore[method-assign]
    FilterExpression.resolve = expression  # type: ignore[method-assign]


def _has_default(expression: FilterExpression) -> bool:
    return any(func.__name__ in DEFAULTS for func, _args in expression.filters)


def _template_name(context: Context) -> str:
    template = getattr(context.render_context, "template", None) or context.template
    return str(getattr(getattr(template, "origin", None), "name", ""))


def _is_ours(context: Context) -> bool:
    name = _template_name(context)
    return name.startswith(str(settings.BASE_DIR)) and "site-packages" not in name


def _turn_unordered_rows_round() -> None:
    """Rows without an order come in the opposite one: who relies on chance is found on the first run."""
    fetch_all = QuerySet._fetch_all

    def fetch(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and not self.ordered and self._result_cache:
            self._result_cache.reverse()

    QuerySet._fetch_all = fetch  # type: ignore[method-assign]
