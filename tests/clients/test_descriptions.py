"""The descriptions of both APIs, read by libraries that nobody here wrote: a validator of OpenAPI, and schemathesis with all its checks.

Schemathesis makes requests out of a description, right ones and wrong ones, in order and across operations, and believes no answer.
What it is given of each test stands in schemathesis.toml beside; VETOVOIMA_CLIENT_SECONDS gives it longer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.clients.conftest import Service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DOCUMENTS = {"v1": "/api/v1/openapi.json", "ogc": "/ogc/api?f=json"}
SECONDS = os.environ.get("VETOVOIMA_CLIENT_SECONDS", "50")
RULES = Path(__file__).parent / "schemathesis.toml"


@pytest.mark.parametrize("address", DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_the_description_is_valid(service: Service, address: str) -> None:
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    with urlopen(service.url + address) as answer:
        found = json.load(answer)
    validator = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}[found["openapi"][:3]]
    assert [f"{list(one.absolute_path)}: {one.message}" for one in validator(found).iter_errors()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schemathesis_finds_nothing_wrong(service: Service, tmp_path: Path, name: str) -> None:
    rules = tmp_path / "schemathesis.toml"
    said = RULES.read_text(encoding="utf-8").replace("PLOT", service.plots[0])
    rules.write_text(said.replace("OPPORTUNITY", service.opportunity), encoding="utf-8")
    words = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(rules), "run", service.url + DOCUMENTS[name],
        "--checks", "all", "--max-time", SECONDS, "--max-examples", "10", "--seed", "1", "--no-shrink", "--suppress-health-check", "all",
        "--generation-database", "none", "--request-timeout", "20", "--no-color", "--header", f"Authorization: Bearer {service.key}",
    ]  # fmt: skip
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=int(SECONDS) + 240
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    with urlopen(service.url + DOCUMENTS[name]) as answer:
        paths = json.load(answer)["paths"]
    # the address of the description itself has been read, and is not tested again
    described = sum(len(methods) for path, methods in paths.items() if path != DOCUMENTS[name].split("?")[0])
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested is not None and int(tested[1]) == described, done.stdout[-3_000:]
