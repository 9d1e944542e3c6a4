"""The product's addresses and the plain view that its pages are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from vetovoima.config import urls as product
from vetovoima.syndication.queries import public_state


def one_query(request: HttpRequest) -> HttpResponse:
    """This will answer after one small query: what Django costs at the least."""
    return HttpResponse(f"{public_state()[0]}", headers={"Cache-Control": "no-store"})


urlpatterns = [path("bench/one-query", one_query), *product.urlpatterns]
handler403 = "vetovoima.config.errors.forbidden"
handler404 = "vetovoima.portal.errors.not_found"
handler500 = "vetovoima.portal.errors.broken"
