"""Every address of the product (promised ones: interfaces in `docs/architecture.md`).

The order matters: machine doors and the desk first, the portal's languages last, because Wagtail takes what is left.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from vetovoima.accounts.doors import public_door
from vetovoima.config.doors import account_pages, closed
from vetovoima.config.health import alive, ready

urlpatterns = [
    path("healthz", alive),
    path("readyz", ready),
    # The content editor has no sign-in or password page of its own: people come in by one door.
    path("cms/login/", public_door(RedirectView.as_view(url="/accounts/login/?next=/cms/"))),
    path("cms/password_reset/", public_door(RedirectView.as_view(url="/accounts/password/reset/"))),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("vetovoima.desk.people.public_urls")),
    path("accounts/", public_door(RedirectView.as_view(url="/accounts/login/"))),
    path("accounts/", include(account_pages())),
    path("answer/", include("vetovoima.desk.collection.public_urls")),
    # the board of pages stands in the portal, where Wagtail's pages live, and belongs to the desk
    path("desk/content/", include("vetovoima.portal.board.urls")),
    path("desk/", include("vetovoima.desk.urls")),
    path("", include("vetovoima.api.urls")),
    path("", include("vetovoima.portal.urls")),
    *i18n_patterns(
        # Wagtail's own sign-in, which knows neither limits nor the second step
        path("_util/<path:rest>", closed),
        path("", include("vetovoima.portal.language_urls")),
        path("", include(wagtail_urls)),
    ),
]

handler403 = "vetovoima.config.errors.forbidden"
handler404 = "vetovoima.portal.errors.not_found"
handler500 = "vetovoima.portal.errors.broken"
