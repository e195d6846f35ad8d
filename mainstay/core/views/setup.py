"""The first start: whoever holds the link printed on the server's console becomes the administrator."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainstay.core import first_start
from mainstay.core.errors import Missing
from mainstay.core.forms import SetupForm, take_errors
from mainstay.core.operations.people import create_first_administrator


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Create the first administrator and sign them in."""
    if not first_start.matches(token):
        raise Missing("This set-up link does not hold, or the instance is set up already.")
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = create_first_administrator(**form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            first_start.spend()
            login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
            return redirect("/")
    return render(request, "core/setup.html", {"form": form}, status=422 if form.errors else 200)
