"""What is a person's own: profile, keys for programs, notices, sessions."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.access import held_by
from mainstay.core.errors import Missing
from mainstay.core.forms import TokenForm, take_errors
from mainstay.core.models import Notice, Token
from mainstay.core.operations.keeping import read_notice
from mainstay.core.operations.tokens import issue_token, revoke_token
from mainstay.core.places import names_of


@login_required
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here and what I may do."""
    names = names_of(request.user)
    roles = [(held.role.label, names.get(held.path, "a single project")) for held in held_by(request.user)]
    return render(request, "core/profile.html", {"roles": roles})


@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Keys for my programs; a new one is shown once."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        end = timezone.now() + timedelta(days=form.cleaned_data.pop("days"))
        try:
            _, secret = issue_token(request.user, actor=request.user, expires_at=end, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as error:
            take_errors(form, error)
    own = Token.objects.visible_to(request.user).in_force()
    status = 422 if form.errors else 200
    return render(request, "core/tokens.html", {"form": form, "secret": secret, "tokens": own}, status=status)


@login_required
@require_POST
def token_revocation(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a key."""
    token = Token.objects.visible_to(request.user).filter(pk=token_id).first()
    if token is None:
        raise Missing("There is no such key.")
    revoke_token(token, actor=request.user)
    messages.success(request, f"The key {token} works no more.")
    return redirect("tokens")


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What I should know, newest first."""
    page = Paginator(Notice.objects.visible_to(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "core/notices.html", {"page": page})


@login_required
@require_POST
def notice_reading(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    notice = Notice.objects.visible_to(request.user).filter(pk=notice_id).first()
    if notice is None:
        raise Missing("There is no such notice.")
    read_notice(notice, actor=request.user)
    return redirect(notice.url or "notices")


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of mine."""
    mine = str(request.user.pk)
    for session in Session.objects.filter(expire_date__gte=timezone.now()).exclude(pk=request.session.session_key):
        if session.get_decoded().get("_auth_user_id") == mine:
            session.delete()
    messages.success(request, "You are signed out everywhere else.")
    return redirect("profile")
