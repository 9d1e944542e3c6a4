"""What the journeys of the six new users share: reading the live region, and sending an enquiry to its end."""

from __future__ import annotations

import re
from typing import Any

REFERENCE = re.compile(r"[A-Z]{3}-\d{4}-\d{4}")
#: whoever fills a form faster is taken for a program
TYPING_MS = 3_000


def send_enquiry(page: Any, who: dict[str, str], button: str) -> str:
    """This will fill in who asks, send the form and return the reference number of the confirmation."""
    for name, text in who.items():
        page.fill(f"main [name={name}]", text)
    page.wait_for_timeout(TYPING_MS)
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/received/**")
    found = REFERENCE.search(page.inner_text("main"))
    assert found, "no reference number"
    return found.group()
