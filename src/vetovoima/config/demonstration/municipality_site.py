"""A municipality's own web page, on an origin of its own, with the three ways of showing its offer.

It stands for a site that is not ours: it knows nothing of the product but its public addresses. The third way is
what a municipality's own server would do: fetch the fragment and put it into the page, so that no script is needed.
Its rules are as strict as a careful site's: no inline script, no inline style, nothing from elsewhere but the embed.
A button takes the page away and another puts it back: the board of pages at the desk then shows what it finds.

Run: `python -m vetovoima.config.demonstration.municipality_site --port 8001 --product http://127.0.0.1:8000`
"""

from __future__ import annotations

import argparse
import html
import string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

PAGE = Path(__file__).with_name("municipality_site.html")
STYLE = Path(__file__).with_name("static") / "municipality_site.css"
#: the ways of showing one after another, and the parts that the component can show
MODES = ("list", "map", "search", "figures")
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
        "ways": "Kolme tapaa",
        "modes": "Komponentin osat",
        "list": "Luettelo",
        "map": "Kartta",
        "search": "Haku",
        "figures": "Avainluvut",
        "away": "Poista sivu kokeeksi",
        "back": "Palauta sivu",
        "gone": "Sivu on poistettu kokeeksi. Työpöydän luettelo sivuista huomaa sen seuraavalla käynnillään.",
    },
    "en": {
        "title": "Kuhmo: a municipality's own web page (demonstration)",
        "band": "Demonstration: this page stands for a municipality's own website. It is not the Town of Kuhmo's.",
        "lead": "The same offer embedded in three ways. When a site is published, this page updates by itself.",
        "component": "1. Web component",
        "frame": "2. Frame",
        "fragment": "3. Fragment fetched by the server, needs no script",
        "missing": "The offer cannot be had right now. Try again in a moment.",
        "ways": "Three ways",
        "modes": "What the component shows",
        "list": "List",
        "map": "Map",
        "search": "Search",
        "figures": "Key figures",
        "away": "Take the page away to try it",
        "back": "Put the page back",
        "gone": "The page is away, to try it. The desk's board of pages finds out at its next visit.",
    },
    "sv": {
        "title": "Kuhmo: kommunens egen webbsida (demonstration)",
        "band": "Demonstration: sidan föreställer en kommuns egen webbplats. Den är inte Kuhmo stads.",
        "lead": "Samma utbud inbäddat på tre sätt. När ett objekt publiceras uppdateras sidan av sig själv.",
        "component": "1. Webbkomponent",
        "frame": "2. Ram",
        "fragment": "3. Del som servern hämtar, kräver inget skript",
        "missing": "Utbudet kan inte hämtas just nu. Försök igen om en stund.",
        "ways": "Tre sätt",
        "modes": "Vad komponenten visar",
        "list": "Lista",
        "map": "Karta",
        "search": "Sökning",
        "figures": "Nyckeltal",
        "away": "Ta bort sidan på prov",
        "back": "Sätt tillbaka sidan",
        "gone": "Sidan är borttagen på prov. Förteckningen över sidor på skrivbordet märker det vid nästa besök.",
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


def _component(product: str, language: str, **more: str) -> str:
    said = {"municipality": SLUG, "lang": language, "base": product, **more}
    attributes = " ".join(f'{name}="{html.escape(value)}"' for name, value in said.items())
    return f"<vetovoima-sites {attributes}></vetovoima-sites>"


def _three_ways(product: str, language: str) -> str:
    texts = {name: html.escape(text) for name, text in TEXTS[language].items()}
    address = html.escape(f"{product}/embed/{SLUG}/?{urlencode({'lang': language})}")
    return (
        f"<p>{texts['lead']}</p>"
        f"<h2>{texts['component']}</h2>{_component(product, language)}"
        f"<h2>{texts['frame']}</h2>"
        f'<iframe src="{address}" title="{texts["frame"]}" referrerpolicy="no-referrer-when-downgrade"></iframe>'
        f"<h2>{texts['fragment']}</h2>{fragment(product, language)}"
    )


def _all_modes(product: str, language: str) -> str:
    return "".join(
        f"<h2>{html.escape(TEXTS[language][mode])}</h2>{_component(product, language, mode=mode)}"
        for mode in MODES
    )


def _button(texts: dict[str, str], name: str, language: str) -> str:
    return f'<form method="post" action="/{name}?lang={language}"><button>{html.escape(texts[name])}</button></form>'


def page(product: str, language: str, path: str = "/", *, is_away: bool = False) -> str:
    """This will return a whole page in a language: the three ways, or at `/modes` what the component can show; or that
    it has been taken away."""
    template = string.Template(PAGE.read_text(encoding="utf-8"))
    texts = {name: html.escape(text) for name, text in TEXTS[language].items()}
    if is_away:
        content = f"<p>{texts['gone']}</p>{_button(TEXTS[language], 'back', language)}"
    else:
        content = (_all_modes if path == "/modes" else _three_ways)(product, language)
        content += _button(TEXTS[language], "away", language)
    script = "" if is_away else f'<script src="{html.escape(product)}/embed.js" async></script>'
    return template.substitute(texts, lang=language, script=script, content=content)


def policy(product: str) -> str:
    """This will return the content security policy of the site: its own style sheet, and the embed."""
    return (
        f"default-src 'none'; script-src {product}; connect-src {product}; frame-src {product}; style-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def handler(product: str) -> type[BaseHTTPRequestHandler]:
    """This will make the request handler for one product address."""

    class Handler(BaseHTTPRequestHandler):
        is_away = False

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/site.css":
                self._answer("text/css", STYLE.read_bytes())
                return
            is_away = type(self).is_away
            content = page(product, self._language(), parts.path, is_away=is_away)
            self._answer("text/html", content.encode("utf-8"), status=404 if is_away else 200)

        def do_POST(self) -> None:
            type(self).is_away = urlsplit(self.path).path == "/away"
            self.send_response(303)
            self.send_header("Location", f"/?lang={self._language()}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _language(self) -> str:
            asked = parse_qs(urlsplit(self.path).query).get("lang", ["fi"])[0]
            return asked if asked in TEXTS else "fi"

        def _answer(self, kind: str, content: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy(product))
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
