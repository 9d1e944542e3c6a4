"""Servers that talk as none should, and names that lead elsewhere: for every call to an address that somebody typed.

A talk is what `loopback.raw_server` does with its one connection. What it costs us is what the tests measure.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

import pytest

#: more than any request of ours, so that one read takes it whole
REQUEST = 100_000
#: longer than the patience of a test, shorter than a test may take
LONG = 3.0


# servers that keep us waiting


def hang(connection: socket.socket) -> None:
    """Takes the request and says nothing."""
    connection.recv(REQUEST)
    time.sleep(LONG)


def deaf(connection: socket.socket) -> None:
    """Takes the connection and never reads."""
    time.sleep(LONG)


def drip_headers(connection: socket.socket) -> None:
    """A header without an end, a letter at a time: each read is in time, the answer never is."""
    _drip(connection, b"HTTP/1.1 200 OK\r\nX: ", b"a")


def drip_page(connection: socket.socket) -> None:
    """A page whose length is not told, a letter at a time."""
    _drip(connection, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<", b"p")


def drip_json(connection: socket.socket) -> None:
    """A document of a promised megabyte, a bracket at a time."""
    _drip(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"[")


def endless_continue(connection: socket.socket) -> None:
    """Asks to go on, and on, and never answers."""
    connection.recv(REQUEST)
    for _turn in range(300):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def _drip(connection: socket.socket, begun: bytes, letter: bytes) -> None:
    connection.recv(REQUEST)
    connection.sendall(begun)
    for _turn in range(60):
        time.sleep(0.05)
        connection.sendall(letter)


# servers that send more than anybody wants


def gush_page(connection: socket.socket) -> None:
    """A page of a gigabyte whose length is not told."""
    _gush(connection, b"text/html", b"<")


def gush_json(connection: socket.socket) -> None:
    """A document of a gigabyte whose length is not told: nothing but blanks, which JSON allows."""
    _gush(connection, b"application/json", b" ")


def announced(connection: socket.socket) -> None:
    """A gigabyte that is promised and never comes."""
    connection.recv(REQUEST)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\nContent-Type: text/html\r\n\r\n")
    time.sleep(LONG)


def long_header(connection: socket.socket) -> None:
    """One header of 200 kB."""
    connection.recv(REQUEST)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")


def _gush(connection: socket.socket, kind: bytes, letter: bytes) -> None:
    connection.recv(REQUEST)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n")
    piece = letter * 1_000_000
    for _turn in range(1_000):
        connection.sendall(piece)


# servers that break off


def reset(connection: socket.socket) -> None:
    """A reset instead of a goodbye."""
    connection.recv(REQUEST)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def goodbye(connection: socket.socket) -> None:
    """Takes the request and closes, politely and without an answer."""
    connection.recv(REQUEST)


def garbage(connection: socket.socket) -> None:
    """Every byte there is, four times over: no HTTP."""
    connection.recv(REQUEST)
    connection.sendall(bytes(range(256)) * 4 + b"\r\n\r\n")


# names


def lead_names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[Any]:
    """This will have every name lead to the addresses of each answer in turn, the last for good; returns what was called.

    Nothing is connected to: whatever is called refuses, and stands in the list as (address, port).
    """
    left, tried = list(answers), []

    def resolve(*_what: Any, **_more: Any) -> list[Any]:
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(0, 0, 0, "", (one, 443)) for one in found]

    def connect(place: Any, *_what: Any, **_more: Any) -> None:
        tried.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    return tried
