#!/usr/bin/env python3
"""Known answers for core/derive, by a second implementation (threat row CH-3).

Only hmac and hashlib; written from TS-0003, 10.3 and RFC 5246, section 5, not from the C code.
    derivations.py           writes derivations.txt beside itself
    derivations.py --check   fails where the checked-in file is another one
A line is a kind and its fields, separated by one space; octets are lower-case hex, "-" is none:
    exported LABEL MASTER CLIENT-RANDOM SERVER-RANDOM EXPORTED ID KEY
    usage KE SUID TARGET-FQDN KEY
    km KE MAF-FQDN KEY
    kpsa KE ENROLEE-B-ID KEY
    ke2e KPSA SALT MASTER MSG-AUTH MSG-CONF ATT-AUTH ATT-CONF
    session PAIRWISE RECEIVER-OBJECT ORIGINATOR-OBJECT KEY
"""
import hashlib
import hmac
import pathlib
import sys

FILE = pathlib.Path(__file__).with_suffix(".txt")


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def octets(what, count):
    """Reproducible octets; nothing about them is secret."""
    return hashlib.shake_256(b"handfast derivations " + what.encode()).digest(count)


def p_sha256(secret, seed, count):
    """P_hash of RFC 5246, section 5."""
    out, a = b"", seed
    while len(out) < count:
        a = mac(secret, a)
        out += mac(secret, a + seed)
    return out[:count]


def exported(label, master, client, server):
    """RFC 5705 without a context, over the PRF of TLS 1.2."""
    out = p_sha256(master, label.encode() + client + server, 48)
    return ["exported", label, master, client, server, out, out[:16], out[16:]]


def usage(ke, suid, target):
    label = b"oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation"
    return ["usage", ke, str(suid), target, mac(ke, label + b"%d" % suid + target.encode())]


def km(ke, maf):
    label = b"oneM2M Enrolment Key to Master Credential derivation"
    return ["km", ke, maf, mac(ke, label + maf.encode())]


def kpsa(ke, enrolee):
    label = b"oneM2M Enrolment Key to Provisioned Secure Connection Key derivation"
    return ["kpsa", ke, enrolee, mac(ke, label + enrolee.encode())]


def ke2e(key, salt):
    master = mac(salt or bytes(32), key)
    keys, t = [], b""
    for n, label in enumerate((b"E2E Message Authentication Key", b"E2E Message Confidentiality Key",
                               b"E2E Attribute Authenticity Key",
                               b"E2E Attribute Confidentiality Key"), 1):
        t = mac(master, t + label + bytes([n]))
        keys.append(t)
    return ["ke2e", key, salt or "-", master] + keys


def session(pairwise, receiver, originator):
    label = b"oneM2M HMAC-SHA256 sessionESPrimKey derivation algorithm"
    key = mac(pairwise, receiver.encode() + originator.encode() + label)
    return ["session", pairwise, receiver, originator, key]


def rand_object(name, n):
    keys = '"esks":[1]' if name == "s" else '"esk":1'
    value = octets(f"{name} value {n}", 16).hex()
    return (f'{{"esri":"{name}-{n:04d}","esrv":"{value}","esrx":"2030010{1 + n % 9}T000000",'
            f'{keys},"espa":[{10 + n % 3}]}}')


def rows():
    fqdns = ["maf.example.com", "a.b", "1.2.example", "x" * 63 + ".example.net",
             "xn--bcher-kva.example", "cse1.in-cse.sp.example.com", "s7.sp.example.com",
             "c9.cse1.in-cse.sp.example.com", ".".join(["abcdefghi"] * 20)]
    ids = ["//sp.example.com/CSE1", "//sp.example.com/CSE1/C9", "//sp.example.com/S7",
           "//a.b/x", "//sp.example.com/CSE_1.~-/C"]
    for n in range(12):
        label = "EXPORTER-oneM2M-" + ("Bootstrap", "Connection", "ESCertKE")[n % 3]
        yield exported(label, octets(f"master {n}", 48), octets(f"client {n}", 32),
                       octets(f"server {n}", 32))
    for suid in (21, 22, 23, 24, 25):
        for n, fqdn in enumerate(fqdns):
            yield usage(octets(f"ke {suid} {n}", 32), suid, fqdn)
    for n, fqdn in enumerate(fqdns):
        yield km(octets(f"ke km {n}", 32), fqdn)
    for n, enrolee in enumerate(ids):
        yield kpsa(octets(f"ke kpsa {n}", 32), enrolee)
    for n, lengths in enumerate([(32, 0), (32, 1), (16, 32), (64, 64), (48, 16), (32, 33)]):
        yield ke2e(octets(f"kpsa {n}", lengths[0]), octets(f"salt {n}", lengths[1]))
    for n, length in enumerate([16, 32, 32, 48, 64, 32]):
        yield session(octets(f"pairwise {n}", length), rand_object("s", n), rand_object("u", n))


def main():
    lines = [" ".join(f.hex() if isinstance(f, bytes) else f for f in row) for row in rows()]
    text = "\n".join(["# Written by derivations.py; do not edit."] + lines) + "\n"
    if sys.argv[1:] == ["--check"]:
        return 0 if FILE.read_text() == text else f"{FILE} is not what {sys.argv[0]} writes"
    FILE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
