"""QR codes: what is drawn on paper is what is drawn on screen, and both hold the address."""

from __future__ import annotations

import re

import segno

from vetovoima.common.qr import qr_runs, qr_svg

ADDRESS = "https://region.example/en/shortlist/?sites=" + ",".join(f"KAI-KUH-{n:04d}" for n in range(40))


def test_the_runs_are_the_dark_squares_of_the_code():
    code = qr_runs(ADDRESS)
    drawn = [[0] * code.size for _row in range(code.size)]
    for left, top, length in code.runs:
        for x in range(left, left + length):
            drawn[top][x] += 1

    wanted = segno.make(ADDRESS, error="l", boost_error=True, micro=False).matrix
    assert drawn == [list(row) for row in wanted]


def test_the_image_has_a_title_a_quiet_border_and_no_size_of_its_own():
    svg = qr_svg(ADDRESS, "Code of a list & more").decode()

    assert "<title>Code of a list &amp; more</title>" in svg
    side = qr_runs(ADDRESS).size + 8
    assert re.search(rf'viewBox="0 0 {side} {side}"', svg)
    assert "width=" not in svg[: svg.index(">")]
