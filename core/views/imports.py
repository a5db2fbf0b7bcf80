"""Lists of people on pages: paste, check, confirm, result, undo. Only who pasted a list sees what stands in it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core import imports, tables
from core.enums import ImportState, Kept
from core.errors import DomainError, StaleObject
from core.forms.pasted import PasteForm
from core.imports import kinds, staging, undoing
from core.imports.kinds import ImportKind
from core.models import Import, Job, MessageBatch
from core.views.import_check import answers_of, screen_of, version_of
from core.views.mixins import ActView, DomainFormMixin, PermissionMixin, ScopedObjectMixin

SHOWN = 30
STEPS = (pgettext_lazy("list", "Paste"), pgettext_lazy("list", "Check"), pgettext_lazy("list", "Enter"))


def has_account(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whoever signs in may have pasted a list; the kind says who may."""
    return user.is_authenticated


def steps(now: int) -> list[dict[str, object]]:
    """The three steps, with the one where the reader is."""
    states = ["past"] * now + ["now"] + [""] * (len(STEPS) - now - 1)
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


def described(imp: Import) -> Import:
    """The list with what it is, in words."""
    imp.title = kinds.kind_of(imp).heading(imp.params)  # type: ignore[attr-defined]
    return imp


class ImportStart(DomainFormMixin, FormView):  # type: ignore[misc, type-arg]
    """Paste a list or give a file. Subclasses give `kind_code`, `get_params()` and their own gates."""

    template_name = "core/import_start.html"
    form_class = PasteForm
    kind_code: ClassVar[str]
    once = True

    def get_params(self) -> dict[str, Any]:
        """For what the list is."""
        return {}

    @property
    def kind(self) -> ImportKind:
        return kinds.kind_named(self.kind_code)

    def perform(self, form: PasteForm) -> Import:
        assert form.grid is not None, "a valid form has read its table"  # noqa: S101
        return imports.stage(
            kind=self.kind_code,
            params=self.get_params(),
            grid=form.grid,
            digest=form.digest,
            file_name=form.file_name,
            author=self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        params = self.get_params()
        kind = self.kind
        own = Import.objects.of(self.request.user).filter(kind=self.kind_code, params=params)
        return super().get_context_data(
            **kwargs,
            heading=kind.label,
            target=kind.target(params),
            back_url=kind.back_url(params),
            why_closed=kind.why_closed(params, now=timezone.now()),
            fields=[headings_of(one) for one in kind.fields(params)],
            most_rows=tables.MOST_ROWS,
            steps=steps(0),
            lists=list(own.order_by("-id")[:5]),
        )


def headings_of(one: tables.Field) -> dict[str, Any]:
    """A field with the headings by which it is known, in French and in Arabic."""
    arabic = [text for text in one.headings if any("\u0600" <= char <= "\u06ff" for char in text)]
    latin = [text for text in one.headings if text not in arabic]
    return {"label": one.label, "required": one.required, "latin": latin[:1], "arabic": arabic[:1]}


class ImportList(PermissionMixin, TemplateView):
    """The reader's own, and those that the reader oversees; the newest first."""

    permission = staticmethod(has_account)  # type: ignore[assignment]
    template_name = "core/import_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        seen = [kind.code for kind in kinds.kinds() if kind.oversees(user)]
        others = models.Q(kind__in=seen, state__in=(ImportState.APPLIED, ImportState.UNDONE))
        rows = Import.objects.filter(models.Q(author_id=user.pk) | others).select_related("author")
        there = (imp for imp in rows.order_by("-id")[:SHOWN] if kinds.kind_of(imp).is_there(imp.params))
        return super().get_context_data(imports=[described(imp) for imp in there], sees_others=bool(seen), **kwargs)


class OfImport(ScopedObjectMixin):
    """A page about one list: its author's, and once it is entered also of those who oversee its kind."""

    permission = staticmethod(has_account)  # type: ignore[assignment]
    model = Import

    def get_object(self) -> Import:
        imp = get_object_or_404(Import.objects.select_related("author"), uid=self.kwargs["uid"])
        user = self.request.user
        if not kinds.kind_of(imp).is_there(imp.params):  # its words are erased when their day is over
            raise Http404
        if imp.author_id == user.pk:
            return described(imp)
        if imp.state in (ImportState.APPLIED, ImportState.UNDONE) and kinds.kind_of(imp).oversees(user):
            return described(imp)
        raise Http404

    def object_permission(self, user: Any, obj: Import) -> bool:
        return undoing.is_for(obj, user)

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())


class ImportPage(OfImport, TemplateView):
    """One list at one address: to be checked, on its way, or entered."""

    errors_wanted = False

    def get_template_names(self) -> list[str]:
        return ["core/import_check.html" if self.object.state == ImportState.STAGED else "core/import_result.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imp, kind = self.object, kinds.kind_of(self.object)
        shared = {"imp": imp, "heading": kind.label, "target": kind.target(imp.params)}
        shared |= {"start_url": kind.start_url(imp.params), "back_url": kind.back_url(imp.params)}
        more = self._check(kind) if imp.state == ImportState.STAGED else self._result(kind)
        return super().get_context_data(**kwargs, **shared, **more)

    def _check(self, kind: ImportKind) -> dict[str, Any]:
        imp = self.object
        checked = imports.check(imp)
        screen = screen_of(imp, checked, kind)
        return {
            "checked": checked,
            "screen": screen,
            "fields": kind.fields(imp.params),
            "question": kind.question(imp.params),
            "button": kind.button(len(checked.entering)),
            "earlier": imports.earlier(imp),
            "error_lines": screen.errors if self.errors_wanted else [],
            "steps": steps(1),
        }

    def _result(self, kind: ImportKind) -> dict[str, Any]:
        imp, now = self.object, timezone.now()
        shown = kind.shown(imp.made) if imp.made else {}
        rows = [{"number": made["row"], "shown": shown.get(made["row"])} for made in imp.made]
        for row in rows:
            why = imp.kept.get(str(row["number"]))
            row["kept"] = Kept(why).label if why else ""
        job = staging.job_of(imp) if imp.state == ImportState.APPLYING else None
        return {
            "rows": rows,
            "kept_rows": [row for row in rows if row["kept"]],
            "batch": MessageBatch.objects.filter(key=staging.once_key(imp)).order_by("-id").first(),
            "may_undo": imports.may_undo(imp, self.request.user, now=now),
            "job": job,
            "last_job": job or Job.objects.filter(kind=staging.JOB, once_key=staging.once_key(imp)).last(),
            "steps": steps(2) if imp.state in (ImportState.APPLIED, ImportState.UNDONE) else steps(1),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was corrected and decided; then look again, or enter."""
        imp = self.object
        actor: Any = request.user
        if imp.state != ImportState.STAGED:
            return redirect(imp)
        try:
            version = version_of(request.POST)
            settled = imports.settle(imp=imp, version=version, actor=actor, **answers_of(request.POST))
            self.object = described(settled)
            if request.POST.get("act") == "confirm":
                return self._confirm(settled)
        except StaleObject:
            messages.warning(request, gettext("This list was changed in another window: this is how it stands now."))
            return redirect(imp)
        except (DomainError, ValidationError) as error:
            messages.error(request, str(error) if isinstance(error, DomainError) else error.messages[0])
            return redirect(imp)
        self.errors_wanted = True
        return self.render_to_response(self.get_context_data(**kwargs))

    def _confirm(self, imp: Import) -> HttpResponse:
        user: Any = self.request.user
        if not imports.check(imp).is_ready:
            self.errors_wanted = True
            return self.render_to_response(self.get_context_data(**self.kwargs))
        job = imports.confirm(imp=imp, version=imp.version, actor=user, now=timezone.now())
        return redirect(job or imp)


class ImportDrop(OfImport, ActView):
    """Give it up: every word of it is erased at once."""

    success_message = _("The list is given up: nothing was entered, and nothing of it is kept.")

    def perform(self) -> None:
        imports.drop(imp=self.object, actor=self.request.user)  # type: ignore[arg-type]

    def get_success_url(self) -> str:
        return kinds.kind_of(self.object).start_url(self.object.params)


class ImportReopen(OfImport, ActView):
    """Back to the check, where the work has stopped on its way."""

    def perform(self) -> None:
        imports.reopen(imp=self.object, actor=self.request.user)  # type: ignore[arg-type]


class ImportUndo(OfImport, TemplateView):
    """What undoing would do, then the one button that does it."""

    template_name = "core/import_undo.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not imports.may_undo(self.object, request.user, now=timezone.now()):
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imp, kind = self.object, kinds.kind_of(self.object)
        kept = kind.kept(imp.made)
        shown = kind.shown(imp.made) if kept else {}
        waiting, left = kind.told(imp.made)
        rows = [{"number": n, "shown": shown.get(n), "kept": Kept(why).label} for n, why in sorted(kept.items())]
        counted = {"going": len(imp.made) - len(kept), "waiting": waiting, "left": left}
        return super().get_context_data(imp=imp, heading=kind.label, rows=rows, **counted, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        try:
            imports.undo(imp=self.object, actor=user, now=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("The list is undone."))
        return redirect(self.object)
