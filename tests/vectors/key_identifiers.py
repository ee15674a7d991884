#!/usr/bin/env python3
"""Mutated key identifiers and the verdict of a reference grammar (threat rows PSK-5, PSK-6).

The grammar is written here a second time, as a regular expression over octets:
    key-id   = relative "@" fqdn                at most 255 octets
    relative = 1*(ALPHA / DIGIT / "." / "_" / "-")
    fqdn     = label 1*("." label) ["."]        at most 200 octets without the last dot
    label    = letters, digits, inner hyphens; 1 to 63
and the canonical form: a relative part of 32 hex digits in upper case, the fqdn in lower case and
without the last dot.
    key_identifiers.py           writes key_identifiers.txt beside itself
    key_identifiers.py --check   fails where the checked-in file is another one
A line is the identity in hex ("-": empty) and its canonical form, or "refused".
"""
import hashlib
import pathlib
import re
import sys

FILE = pathlib.Path(__file__).with_suffix(".txt")
MUTATIONS = 2400
LABEL = rb"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
KEY_ID = re.compile(rb"([A-Za-z0-9._-]+)@(" + LABEL + rb"(?:\." + LABEL + rb")+)\.?", re.DOTALL)
HEX = re.compile(rb"[0-9A-Fa-f]{32}")

SEEDS = [
    b"thiskey@mymef.com",
    b"34B7649266CCDE88723D9D9E6264394E@mef.example.com",
    b"356f536024322fd46ca19c5e27fb79bd@maf.example.com",
    b"KmID_1.a-b@MAF.Example.COM",
    b"x@a.b",
    b"AbCdEf0123456789AbCdEf0123456789@xn--bcher-kva.example",
    b"k@1.2.3.4",
    b"..--__@mef.example.com.",
]
TOKENS = [b"@", b".", b"..", b"-", b"_", b"\0", b"%40", b"%00", b"+", b"/", b"=", b" ", b"\t", b"\r\n",
          b"\n", b"\x7f", b"\x80", b"\xff", b"\xc2\xad", b"\xe3\x80\x82", b"\xef\xbc\xa0", b"*", b"~",
          b":", b",", b";", b'"', b"'", b"\\", b"a", b"Z", b"0", b"@mef.example.com", b"xn--"]


class Dice:
    """Reproducible whatever the version of Python: SHA-256 of a counter."""

    def __init__(self):
        self.count = 0

    def below(self, limit):
        self.count += 1
        digest = hashlib.sha256(b"handfast key identifiers %d" % self.count).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def pick(self, items):
        return items[self.below(len(items))]


def canonical(identity):
    """The canonical form, or None."""
    match = KEY_ID.fullmatch(identity)
    if match is None or len(identity) > 255 or len(match[2]) > 200:
        return None
    relative = match[1].upper() if HEX.fullmatch(match[1]) else match[1]
    return relative + b"@" + match[2].lower()


def mutate(dice, identity):
    at = dice.below(len(identity) + 1)
    kind = dice.below(7)
    if kind == 0:
        return identity[:at] + dice.pick(TOKENS) + identity[at:]
    if kind == 1:
        return identity[:at] + identity[at + 1:]
    if kind == 2:
        return identity[:at] + bytes([dice.below(256)]) + identity[at + 1:]
    if kind == 3:
        return identity[:at].swapcase() + identity[at:]
    if kind == 4:
        return identity[:at] + dice.pick([b"a", b"-", b".", b"b.", b"0"]) * dice.below(5) + identity[at:]
    if kind == 5:
        return identity[:at]
    other = dice.pick(SEEDS)
    return identity[:at] + other[dice.below(len(other)):]


def lengths():
    """PSK-6: around every limit."""
    for total in (1, 2, 3, 4, 5, 127, 128, 129, 254, 255, 256, 257):
        yield b"k" * max(0, total - 4) + b"@a.b"
        yield b"k" * total
    for label in (1, 62, 63, 64, 65):
        yield b"k@" + b"a" * label + b".example"
        yield b"k@example." + b"a" * label
    for fqdn in (198, 199, 200, 201, 202):
        name = (b"abcdefghi." * 30)[:fqdn - 1] + b"z"
        yield b"k@" + name
        yield b"k@" + name + b"."
        yield b"A" * 32 + b"@" + name
    for digits in (31, 32, 33):
        yield b"a" * digits + b"@mef.example.com"


def identities():
    dice = Dice()
    yield b""
    yield from SEEDS
    yield from lengths()
    for octet in range(256):
        yield b"this" + bytes([octet]) + b"key@mymef.com"
        yield b"thiskey@my" + bytes([octet]) + b"mef.com"
    for _ in range(MUTATIONS):
        identity = dice.pick(SEEDS)
        for _ in range(1 + dice.below(3)):
            identity = mutate(dice, identity)
        yield identity


def main():
    lines = {}
    for identity in identities():
        verdict = canonical(identity)
        lines.setdefault(identity.hex() or "-", "refused" if verdict is None else verdict.decode())
    text = "# Written by key_identifiers.py; do not edit.\n"
    text += "".join(f"{identity} {verdict}\n" for identity, verdict in lines.items())
    if sys.argv[1:] == ["--check"]:
        return 0 if FILE.read_text() == text else f"{FILE} is not what {sys.argv[0]} writes"
    FILE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
