"""The one safe way out, and the one safe way in for files."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from vetovoima.common.http import CannotFetch, fetch, public_addresses
from vetovoima.common.sandbox import clean_image


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "::1",
        "::ffff:127.0.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "fd00::1",
    ],
)
def test_no_name_may_lead_to_an_address_that_is_not_public(address: str) -> None:
    with pytest.raises(CannotFetch, match="not a public address"):
        public_addresses("innocent.example", 443, lambda _host, _port: ["93.184.216.34", address])


@pytest.mark.parametrize(
    "url", ["http://example.com/", "file:///etc/passwd", "https://user@example.com/", "gopher://x/", ""]
)
def test_only_plain_https_is_read(url: str) -> None:
    with pytest.raises(CannotFetch):
        fetch(url)


def picture(size: tuple[int, int] = (800, 600), kind: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (28, 90, 69)).save(file, kind, **more)
    return file.getvalue()


def test_a_photograph_comes_out_as_two_jpegs_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:10:12 12:00:00"
    exif[0x8825] = {1: "N"}
    clean = clean_image(picture((4000, 3000), "JPEG", exif=exif))
    large, small = (Image.open(io.BytesIO(content)) for content in (clean.large, clean.small))
    assert (clean.width, clean.height) == large.size == (1920, 1440)
    assert small.size == (480, 360)
    assert not large.getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"GIF89a" + b"\0" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        picture()[:100],
    ],
)
def test_what_is_no_photograph_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError, match="not a photograph"):
        clean_image(content)


def test_a_picture_too_large_to_open_is_refused() -> None:
    with pytest.raises(ValidationError):
        clean_image(picture((12_000, 11_000)))
