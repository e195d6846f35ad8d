"""The built front end, sent by the product itself: styles, islands, icons and fonts."""

from contextlib import closing
from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class Files(WhiteNoiseMiddleware):
    """WhiteNoise, but each file is sent whole: they are small, and asynchronous servers need it in one piece."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """A file, a part of it, or the word that the browser has it already."""
        found = static_file.get_response(request.method, request.META)
        if found.file is None:
            response = HttpResponse(status=int(found.status))
        else:
            with closing(found.file) as file:
                response = HttpResponse(file.read(), status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
