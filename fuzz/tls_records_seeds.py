#!/usr/bin/env python3
"""Writes the seed corpus of fuzz/tls_records.c: fuzz/corpus/tls_records/seed-*."""
import pathlib
import struct

FOLDER = pathlib.Path(__file__).resolve().parent / "corpus" / "tls_records"


def vector(size, body):
    return len(body).to_bytes(size, "big") + body


def extension(number, body):
    return struct.pack(">H", number) + vector(2, body)


def message(kind, body):
    return bytes([kind]) + vector(3, body)


def records(octets, step=None, kind=22):
    step = step or len(octets)
    return b"".join(bytes([kind, 3, 3]) + vector(2, octets[i:i + step])
                    for i in range(0, len(octets), step))


def hello(suite, name=b"mef.example.com", extra=b""):
    extensions = (extension(0, vector(2, b"\0" + vector(2, name))) if name else b"")
    extensions += extension(23, b"") + extension(22, b"") + extension(0xFF01, b"\0")
    extensions += extension(10, vector(2, b"\0\x1d\0\x17")) + extension(11, vector(1, b"\0"))
    extensions += extension(13, vector(2, b"\4\3")) + extra
    return message(1, b"\3\3" + bytes(range(32)) + b"\0" + vector(2, struct.pack(">H", suite))
                   + vector(1, b"\0") + vector(2, extensions))


def key_exchange(identity, point=b""):
    return message(16, vector(2, identity) + (vector(1, point) if point else b""))


POINT = b"\x09" + bytes(31)
ME = b"me@mef.example.com"
CCS = b"\x14\3\3\0\1\1"
SEEDS = {
    "hello": b"\x00" + records(hello(0x00AE)),
    "hello-pieces": b"\x01" + records(hello(0xCCAC), 3),
    "hello-no-name": b"\x07" + records(hello(0x00AE, b"")),
    "hello-tls13": b"\x00" + records(hello(0x1301, extra=extension(43, vector(1, b"\3\4")))),
    "hello-twice": b"\x00" + records(hello(0x00AE, extra=extension(23, b""))),
    "key": b"\x10" + records(key_exchange(ME)),
    "key-point": b"\x13" + records(key_exchange(ME, POINT), 5),
    "key-none": b"\x10" + records(key_exchange(b"")),
    "key-255": b"\x10" + records(key_exchange(b"x" * 255)),
    "key-256": b"\x10" + records(key_exchange(b"x" * 256)),
    "session": b"\x20" + records(hello(0x00AE)) + records(key_exchange(ME)) + CCS
               + records(bytes(80)),
    "session-ecdhe": b"\x2f" + records(hello(0xCCAC), 7) + records(key_exchange(ME, POINT), 2)
                     + CCS + records(bytes(40)),
    "session-early": b"\x20" + records(hello(0x00AE)) + CCS,
    "session-alert": b"\x20" + records(hello(0x00AE)) + records(b"\1\x29", kind=21)
                     + records(key_exchange(ME)),
    "session-http": b"\x20GET / HTTP/1.1\r\nHost: mef.example.com\r\n\r\n",
}

FOLDER.mkdir(parents=True, exist_ok=True)
for name, octets in SEEDS.items():
    (FOLDER / f"seed-{name}").write_bytes(octets)
