"""Whence a request comes, for counting."""

from __future__ import annotations

from typing import Any

import pytest

from vetovoima.common.network import address_of, client_address, counted


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_an_ipv6_subscriber_is_counted_once_however_many_addresses_they_use(
    address: str, expected: str
) -> None:
    assert counted(address) == expected
    assert client_address(address, "") == expected


def test_the_network_is_that_of_the_client_behind_our_proxies(settings) -> None:  # type: ignore[no-untyped-def]
    settings.VETOVOIMA_TRUSTED_PROXIES = 1
    assert client_address("192.0.2.1", "203.0.113.9, 2001:db8:1:2::77") == "2001:db8:1:2::"


def test_a_request_is_counted_by_the_address_before_our_own_proxies(settings: Any) -> None:
    settings.VETOVOIMA_TRUSTED_PROXIES = 1
    asked = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9, 192.0.2.7"}
    assert address_of(asked) == "192.0.2.7"
    assert address_of({"REMOTE_ADDR": "192.0.2.8"}) == "192.0.2.8"
