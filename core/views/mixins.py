"""What views are made of: who may open the page, which objects this reader sees, and forms that call a domain verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views import View

from core import reads
from core.errors import DomainError, StaleObject
from core.forms import once, stale
from core.saving import Invalid, patient

Predicate = Callable[[Any], bool]


class PermissionMixin(View):
    """A private page: `permission = staticmethod(predicate)`; `predicate(user)` says who may open it (else 403)."""

    permission: ClassVar[Predicate]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _allowed(self, request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def _allowed(view: PermissionMixin, request: HttpRequest) -> bool:
    predicate: Any = getattr(type(view), "permission", None)
    if predicate is None:
        raise ImproperlyConfigured(f"{type(view).__name__} names no permission")
    return bool(predicate(request.user))


class PublicMixin(View):
    """A page that opens without an account."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        return login_not_required(super().as_view(**initkwargs))


class ScopedObjectMixin(PermissionMixin):
    """A page about one object: strangers get 404 (`visible_to`), readers who may not do this get 403.

    Subclasses give `model` and, where only some readers may go on, `object_permission = staticmethod(predicate)` with
    `predicate(user, obj)`. The object is in `self.object` before any handler runs.
    """

    model: ClassVar[type[models.Model]]
    lookup: ClassVar[str] = "pk"
    reads: ClassVar[str] = ""
    """What opening the page is called in the log of reading; empty for what is about no person."""
    object: Any

    def get_queryset(self) -> models.QuerySet[Any]:
        manager: Any = self.model._default_manager
        rows = manager.all()
        return rows.visible_to(self.request.user) if hasattr(rows, "visible_to") else rows  # type: ignore[no-any-return]

    def get_object(self) -> Any:
        return get_object_or_404(self.get_queryset(), **{self.lookup: self.kwargs[self.lookup]})

    def object_permission(self, user: Any, obj: Any) -> bool:
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _allowed(self, request):  # else PermissionMixin refuses, and does not say whether the object exists
            self.object = self.get_object()
            if not self.object_permission(request.user, self.object):
                raise PermissionDenied
            if self.reads and request.method == "GET" and getattr(self.object, "user_id", 0) != request.user.pk:
                reads.note(user=request.user, what=self.reads, object_id=self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class DomainFormMixin(View):
    """A form whose valid answer calls a domain verb: subclasses of Django's FormView give `perform(form)`.

    DomainError becomes an error beside its field; StaleObject merges what does not overlap, or else shows both versions
    field by field; with `once = True` the same form sent twice acts once and answers alike.
    """

    once: ClassVar[bool] = False
    success_message: str | Promise = ""
    result: Any = None

    def perform(self, form: Any) -> Any:
        """Call the domain verb with the form's values; its result is in `self.result` for `get_success_url()`."""
        raise NotImplementedError

    def get_form(self, form_class: Any = None) -> Any:
        """The form, bound to what was chosen where it comes from the page of two versions."""
        form = super().get_form(form_class)  # type: ignore[misc]
        if form.is_bound:
            form.data = stale.chosen(form, getattr(self, "object", None))
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.once:
            context["once_token"] = once.token_of(self.request)
        return context

    def form_valid(self, form: Any) -> HttpResponseBase:
        try:
            with patient(), once.guard(self.request, active=self.once) as answer:
                if answer.url:
                    return redirect(answer.url)
                self.result = self.perform(form)
                answer.url = str(self.get_success_url())  # type: ignore[attr-defined]
        except StaleObject as error:
            return self.stale(form, error)
        except (DomainError, ValidationError) as error:
            add_errors(form, error)
            return self.form_invalid(form)
        if self.success_message:
            messages.success(self.request, str(self.success_message))
        return redirect(answer.url)

    def form_invalid(self, form: Any) -> HttpResponseBase:
        if self.once and (url := once.answered(self.request)):
            return redirect(url)
        return super().form_invalid(form)  # type: ignore[misc, no-any-return]

    def stale(self, form: Any, error: StaleObject) -> HttpResponseBase:
        """Somebody was quicker: join both versions where they do not overlap, else let the person choose."""
        merge = stale.merge(form, error.current)
        if not merge.conflicts and not getattr(self, "_merged", False):
            self._merged = True
            joined = merge.rebound(form)
            if joined.is_valid():
                messages.info(self.request, gettext("Somebody else changed this meanwhile: both changes are kept."))
                return self.form_valid(joined)
        context = {"merge": merge, "form": form, "object": error.current, "action": self.request.get_full_path()}
        return render(self.request, "core/conflict.html", context, status=409)


class ActView(View):
    """One button, one verb, POST only: `perform()` acts; a refusal becomes a message on the page behind it."""

    http_method_names = ["get", "head", "post", "options"]
    success_message: str | Promise = ""

    def perform(self) -> Any:
        raise NotImplementedError

    def get_success_url(self) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirectBase:
        """Nothing happens: after signing in again, one lands on the page that holds the button."""
        return redirect(self.get_success_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with patient():
                self.perform()
        except DomainError as error:
            messages.error(request, str(error))
        else:
            if self.success_message:
                messages.success(request, str(self.success_message))
        return redirect(self.get_success_url())


def add_errors(form: BaseForm, error: DomainError | ValidationError) -> None:
    """Put what a rule says beside the field that it names, or above the form."""
    if isinstance(error, Invalid):
        for field, sentences in error.errors.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
    elif isinstance(error, DomainError):
        form.add_error(error.field if error.field in form.fields else None, str(error))
    else:
        for field, sentences in getattr(error, "message_dict", {"": error.messages}).items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
