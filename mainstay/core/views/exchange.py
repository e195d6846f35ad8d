"""Importing a list in the browser: choose a file, say what its columns mean, check it, bring it in."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden, Refusal
from mainstay.core.exchange import check, propose, read_table, sheet_named, suggest, uploads
from mainstay.core.exchange.form import MappingForm
from mainstay.core.exchange.forms import UploadForm
from mainstay.core.exchange.mapping import ColumnMapping
from mainstay.core.exchange.mappings import is_shipped, mapping_named, mapping_names
from mainstay.core.exchange.matching import upright
from mainstay.core.exchange.sheet import Sheet
from mainstay.core.exchange.table import Table
from mainstay.core.operations.keeping import save_mapping
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb

PROPOSED = "-"
MOST_SHOWN = 200


@dataclass(frozen=True)
class Bench:
    """A kept file opened for work: the sheet it fills and the table in it."""

    upload: uploads.Upload
    sheet: Sheet
    table: Table

    def target(self, actor: Any, mapping: ColumnMapping) -> Any:
        """Where it goes."""
        return self.sheet.target_named(actor, self.upload.target, mapping.currency_in(self.table.constants))


def _bench(request: HttpRequest, token: str) -> Bench:
    upload = uploads.find(token, request.user)
    return Bench(upload, sheet_named(upload.sheet), read_table(upload.path, upload.filename))


@login_required
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Choose the file, what it lists and where it goes."""
    if not access.may_somewhere(request.user, Verb.ROWS_IMPORT):
        raise Forbidden("Your roles do not let you import lists. Ask an administrator for a grant.")
    initial = {"target": request.GET.get("portfolio", ""), "sheet": request.GET.get("list", "projects")}
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and (upload := form.keep()):
        return redirect("import_mapping", upload.token)
    return render(request, "core/import.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def import_mapping(request: HttpRequest, token: str) -> HttpResponse:
    """Say which column means which field."""
    bench = _bench(request, token)
    name, base = _base(bench, request.GET.get("mapping", ""))
    form = MappingForm(bench.sheet, upright(bench.table, base), base, request.user)
    if request.method == "POST":
        mapping = form.read(request.POST)
        uploads.settle(bench.upload, mapping)
        _save(request, bench.sheet, mapping)
        return redirect("import_mapping" if request.POST.get("action") == "update" else "import_check", token)
    context = {
        "bench": bench,
        "form": form,
        "name": name,
        "names": mapping_names(bench.sheet.name),
        "may_save": access.may_somewhere(request.user, Verb.ROWS_IMPORT),
    }
    return render(request, "core/import_mapping.html", context)


def _base(bench: Bench, asked: str) -> tuple[str, ColumnMapping]:
    """The mapping the page begins with: the one asked for, the one settled before, else the one that fits best."""
    if asked == PROPOSED:
        return "", propose(bench.sheet, bench.table)
    if asked:
        return asked, mapping_named(bench.sheet.name, asked)
    if bench.upload.mapping is not None:
        return "", bench.upload.mapping
    return suggest(bench.sheet, bench.table)


def _save(request: HttpRequest, sheet: Sheet, mapping: ColumnMapping) -> None:
    name = request.POST.get("name", "").strip()[:60]
    if not name:
        return
    if is_shipped(sheet.name, name):
        messages.warning(request, f"The mapping {name} comes with Mainstay and stays as it is; choose another name.")
        return
    save_mapping(None, actor=request.user, sheet=sheet.name, name=name, columns=mapping.as_dict())
    messages.success(request, f"The mapping {name} is saved.")


@login_required
@require_http_methods(["GET", "POST"])
def import_check(request: HttpRequest, token: str) -> HttpResponse:
    """See what the import would do and what is wrong, then start it."""
    bench = _bench(request, token)
    mapping = bench.upload.mapping or suggest(bench.sheet, bench.table)[1]
    target = bench.target(request.user, mapping)
    if request.method == "POST":
        title = f"Import {bench.upload.filename} into {target.name}"
        place = target if target.pk else None
        run = start_run(place, actor=request.user, kind="import", title=title, parameters={"upload": token})
        return redirect("run", run.pk)
    report = check(bench.sheet, bench.table, mapping, target, request.user)
    context = {
        "bench": bench,
        "report": report,
        "target": target,
        "problems": report.problems[:MOST_SHOWN],
        "changes": report.changes[:MOST_SHOWN],
    }
    return render(request, "core/import_check.html", context)


@login_required
@require_POST
def import_removal(request: HttpRequest, token: str) -> HttpResponse:
    """Forget the file."""
    try:
        uploads.remove(uploads.find(token, request.user))
    except Refusal:
        messages.info(request, "The file is gone already.")
    return redirect("imports")
