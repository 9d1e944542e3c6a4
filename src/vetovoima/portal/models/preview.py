"""Previews in the language of the page, whoever looks at them, with the checks of the content editor beside them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

#: the preview stands in a frame of the content editor, which runs its checks inside it
PREVIEW_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class LanguagePreview:
    """A page whose preview speaks the page's language, not the editor's."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """This will draw the preview, all of it, while the page's language is the active one."""
        page: Any = self
        language = page.locale.language_code
        with override(language):
            request.LANGUAGE_CODE = language
            response: Any = super().serve_preview(request, mode_name)  # type: ignore[misc]
            if hasattr(response, "render"):
                response = response.render()
        response._csp_replace = PREVIEW_POLICY
        return response
