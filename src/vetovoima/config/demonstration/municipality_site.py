"""A municipality's own web page, on an origin of its own, with the three ways of showing its offer.

It stands for a site that is not ours: it knows nothing of the product but its public addresses. The third way is
what a municipality's own server would do: fetch the fragment and put it into the page, so that no script is needed.

Run: `python -m vetovoima.config.demonstration.municipality_site --port 8001 --product http://127.0.0.1:8000`
"""

from __future__ import annotations

import argparse
import html
import string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

PAGE = Path(__file__).with_name("municipality_site.html")
SLUG = "kuhmo"
TEXTS = {
    "fi": {
        "title": "Kuhmo: kunnan oma verkkosivu (esittely)",
        "band": "Esittely: tämä sivu esittää kunnan omaa verkkosivustoa. Se ei ole Kuhmon kaupungin sivu.",
        "lead": "Sama tarjonta kolmella tavalla upotettuna. Kun kohde julkaistaan, tämä sivu päivittyy itsestään.",
        "component": "1. Verkkokomponentti",
        "frame": "2. Kehys",
        "fragment": "3. Palvelimen hakema osa, ei vaadi skriptiä",
        "missing": "Tarjontaa ei juuri nyt saada. Yritä hetken kuluttua uudelleen.",
    },
    "en": {
        "title": "Kuhmo: a municipality's own web page (demonstration)",
        "band": "Demonstration: this page stands for a municipality's own website. It is not the Town of Kuhmo's.",
        "lead": "The same offer embedded in three ways. When a site is published, this page updates by itself.",
        "component": "1. Web component",
        "frame": "2. Frame",
        "fragment": "3. Fragment fetched by the server, needs no script",
        "missing": "The offer cannot be had right now. Try again in a moment.",
    },
    "sv": {
        "title": "Kuhmo: kommunens egen webbsida (demonstration)",
        "band": "Demonstration: sidan föreställer en kommuns egen webbplats. Den är inte Kuhmo stads.",
        "lead": "Samma utbud inbäddat på tre sätt. När ett objekt publiceras uppdateras sidan av sig själv.",
        "component": "1. Webbkomponent",
        "frame": "2. Ram",
        "fragment": "3. Del som servern hämtar, kräver inget skript",
        "missing": "Utbudet kan inte hämtas just nu. Försök igen om en stund.",
    },
}


def fragment(product: str, language: str) -> str:
    """This will fetch the fragment as a municipality's server would; None of it, said plainly, when it cannot."""
    try:
        with urlopen(f"{product}/embed/{SLUG}/fragment.html?lang={language}", timeout=5) as answer:  # noqa: S310
            found: str = answer.read().decode("utf-8")
            return found
    except (URLError, TimeoutError, OSError):
        return f"<p>{html.escape(TEXTS[language]['missing'])}</p>"


def page(product: str, language: str) -> str:
    """This will return the whole page in a language."""
    template = string.Template(PAGE.read_text(encoding="utf-8"))
    texts = {name: html.escape(text) for name, text in TEXTS[language].items()}
    return template.substitute(
        texts, lang=language, product=html.escape(product), slug=SLUG, fetched=fragment(product, language)
    )


def handler(product: str) -> type[BaseHTTPRequestHandler]:
    """This will make the request handler for one product address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query).get("lang", ["fi"])[0]
            content = page(product, asked if asked in TEXTS else "fi").encode("utf-8")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the demonstration's own log is enough."""

    return Handler


def main() -> None:
    """This will serve the page until it is stopped."""
    parser = argparse.ArgumentParser(description="A municipality's own web page for the demonstration")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--product", default="http://127.0.0.1:8000")
    options = parser.parse_args()
    ThreadingHTTPServer((options.host, options.port), handler(options.product)).serve_forever()


if __name__ == "__main__":
    main()
