"""The samples in docs/integrations/webhooks.md that check a signature, run as they stand there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from tests.integrations.conftest import ROOT
from vetovoima.syndication.webhooks.signing import signature as sign

PAGE = (ROOT / "docs/integrations/webhooks.md").read_text(encoding="utf-8")
SECRET, OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "QUFB" * 8
BODY = '{"test": 2432232314, "name": "Ähtäri \\" 😀"}'
CALLS = {
    "python": (
        "import json, sys\n{sample}\nsecret, headers, body = json.load(sys.stdin)\nverify(secret, headers, body.encode())\n"
    ),
    "js": (
        "{sample}\nconst [secret, headers, body] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));\n"
        "verify(secret, headers, Buffer.from(body));\n"
    ),
    "php": "<?php\n{sample}\n[$secret, $headers, $body] = json_decode(stream_get_contents(STDIN), true);\nverify($secret, $headers, $body);\n",
}


def sample(language: str) -> str:
    """The one sample of a language on the page."""
    (found,) = [one for one in re.findall(rf"```{language}\n(.+?)```", PAGE, re.DOTALL) if "verify" in one]
    return str(found)


@pytest.fixture(params=["python", "js", "php"])
def verify(request: pytest.FixtureRequest, tmp_path) -> object:
    """Run the sample of a language; answers its exit code and what it complains of."""
    language = request.param
    program = {"python": sys.executable}.get(language) or request.getfixturevalue(
        {"js": "node", "php": "php"}[language]
    )
    path = tmp_path / f"sample.{language}"
    path.write_text(CALLS[language].replace("{sample}", sample(language)), encoding="utf-8")

    def run(secret: str, headers: dict[str, str], body: str) -> tuple[bool, str]:
        given = json.dumps([secret, headers, body])
        done = subprocess.run(
            [program, str(path)], input=given, capture_output=True, text=True, check=False, timeout=30
        )
        return done.returncode == 0, done.stderr + done.stdout

    return run


def headers_of(body: str, *secrets: str, seconds: float = 0) -> dict[str, str]:
    """The headers of a message, signed by each secret."""
    stamp = int(time.time() + seconds)
    signatures = [sign(one, "msg_1", datetime.fromtimestamp(stamp, UTC), body.encode()) for one in secrets]
    return {"webhook-id": "msg_1", "webhook-timestamp": str(stamp), "webhook-signature": " ".join(signatures)}


def test_a_message_of_ours_is_believed(verify) -> None:
    assert verify(SECRET, headers_of(BODY, SECRET), BODY) == (True, "")


def test_while_a_secret_is_replaced_one_of_two_is_enough(verify) -> None:
    assert verify(SECRET, headers_of(BODY, OTHER, SECRET), BODY) == (True, "")


@pytest.mark.parametrize("seconds", [-301, 310])
def test_one_that_is_too_old_or_from_the_future_is_not(verify, seconds: float) -> None:
    is_believed, said = verify(SECRET, headers_of(BODY, SECRET, seconds=seconds), BODY)
    assert not is_believed and "too old, or from the future" in said


def test_a_changed_body_and_another_secret_are_not(verify) -> None:
    for headers, body in (
        (headers_of(BODY, SECRET), BODY + " "),
        (headers_of(BODY, OTHER), BODY),
        ({**headers_of(BODY, SECRET), "webhook-signature": "v1,xx nonsense"}, BODY),
    ):
        is_believed, said = verify(SECRET, headers, body)
        assert not is_believed and "not signed" in said


def test_the_example_of_the_standard(verify) -> None:
    """The page names a message and its signature; its moment is long past, which the samples say, not that it is not signed."""
    found = dict(re.findall(r"\b(secret|id|timestamp) `([^`]+)`", PAGE))
    signature = re.search(r"give `(v1,[^`]+)`", PAGE)
    assert signature is not None
    headers = {
        "webhook-id": found["id"],
        "webhook-timestamp": found["timestamp"],
        "webhook-signature": signature[1],
    }
    moment = datetime.fromtimestamp(int(found["timestamp"]), UTC)
    assert sign(found["secret"], found["id"], moment, b'{"test": 2432232314}') == signature[1]
    is_believed, said = verify(found["secret"], headers, '{"test": 2432232314}')
    assert not is_believed and "too old" in said
