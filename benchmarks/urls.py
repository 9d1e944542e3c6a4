"""The product's addresses and the plain view that its pages are compared with."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from vetovoima.config import urls as product
from vetovoima.syndication.queries import public_state


def one_query(request: HttpRequest) -> HttpResponse:
    """This will answer after one small query: what Django costs at the least."""
    return HttpResponse(f"{public_state()[0]}", headers={"Cache-Control": "no-store"})


class Empty:
    """Answers one address with nothing, before every layer of the product: the least that an answer can cost here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer the empty view, and hand everything else on."""
        return HttpResponse() if request.path_info == "/bench/empty" else self.get_response(request)


urlpatterns = [path("bench/one-query", one_query), *product.urlpatterns]
handler403 = "vetovoima.config.errors.forbidden"
handler404 = "vetovoima.portal.errors.not_found"
handler500 = "vetovoima.portal.errors.broken"
