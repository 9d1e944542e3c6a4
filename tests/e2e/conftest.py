"""The demonstration on a port and in a folder of its own, a browser, and axe."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from .prepared import copy_prepared

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "frontend/node_modules/axe-core/axe.min.js"
PASSWORD = "journeys-in-a-browser"
START_SECONDS = 420
#: the levels that the law and our own goal name (WCAG 2.2 AA and below)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Demonstration:
    """Where the demonstration answers."""

    address: str
    municipality: str
    folder: Path


def _free_pair() -> int:
    """A free port whose next one is free too."""
    for _attempt in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports side by side")


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def demonstration(request: pytest.FixtureRequest) -> Iterator[Demonstration]:
    """`vetovoima demo`, started as a person would on data that is prepared already, and ended with SIGTERM."""
    port = _free_pair()
    with tempfile.TemporaryDirectory(prefix="vetovoima-journeys-", ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT / "src"),
            "DJANGO_SETTINGS_MODULE": "vetovoima.config.settings.demo",
            "VETOVOIMA_VAR_DIR": folder,
            "VETOVOIMA_LEMMAS_DIR": str(PROJECT / "var/lemmas"),
            "VETOVOIMA_DEMO_PASSWORD": PASSWORD,
            "VETOVOIMA_LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "vetovoima.config.cli", "demo", "--port", str(port)]
        copy_prepared(Path(folder), environment, rebuild=request.config.getvalue("create_db"))
        log = Path(folder) / "demo.log"
        with log.open("w") as output:
            process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
            try:
                deadline = time.monotonic() + START_SECONDS
                while not _answers(f"http://127.0.0.1:{port}/healthz"):
                    if process.poll() is not None or time.monotonic() > deadline:
                        pytest.fail(f"the demonstration did not start:\n{log.read_text()[-3000:]}")
                    time.sleep(0.3)
                yield Demonstration(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}", Path(folder))
            finally:
                process.send_signal(signal.SIGTERM)
                assert process.wait(20) == 0, "the demonstration did not end cleanly"


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    """Debian's Chromium, without its calls home."""
    from playwright.sync_api import sync_playwright

    flags = [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    # Django refuses database work in a thread that has an event loop, which Playwright leaves behind.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield started
        started.close()


Open = Callable[..., Any]
#: waits until the page is drawn anew and every colour that was on its way has arrived
SETTLED = """async () => {
  const frame = () => new Promise(drawn => requestAnimationFrame(drawn));
  await frame();
  await Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)));
  await frame();
}"""


@pytest.fixture
def open_window(browser: Any, demonstration: Demonstration) -> Iterator[Open]:
    """This will open a window of its own: nobody signed in, no cookies; the page's errors fail the test."""
    contexts, errors = [], []

    def open_(width: int = 1280, scheme: str = "light", **more: Any) -> Any:
        context = browser.new_context(
            base_url=demonstration.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == [], "errors in the page"


def sign_in(page: Any, login: str) -> None:
    """This will sign a demonstration person in and wait for their day."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{login}@vetovoima.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def until(page: Any, expression: str, arg: Any = None) -> None:
    """This will wait for up to ten seconds until an expression holds. Playwright's own way of waiting evaluates a text in
    the page, which its rules for scripts forbid."""
    for _try in range(100):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url}: it did not come to be that {expression}")


#: rules whose answer depends on colours; the rest of a page is the same in light and dark
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def check_page(page: Any, *, other_scheme: str = "", colours: bool = True) -> None:
    """This will fail when axe finds a violation or the page is wider than its window. Axe needs script in the page.

    `other_scheme`: the page is turned light or dark without loading it again, and its colours are looked at once more.
    `colours`: False where the system forces its own colours; axe reads the page's and not the forced ones.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [
        one for one in _violations(page, RULES) if colours or not one.startswith(tuple(COLOURS["values"]))
    ]
    if other_scheme:
        # without motion: colours that are still on their way are nobody's to judge
        page.emulate_media(color_scheme=other_scheme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        found += [f"{other_scheme}: {one}" for one in _violations(page, COLOURS)]
    assert found == [], f"{page.url}: {found}"
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than its window"


def _violations(page: Any, rules: Any) -> list[str]:
    found: list[str] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(result => result.violations.map("
        "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')))",
        rules,
    )
    return found
