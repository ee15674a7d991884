#!/usr/bin/env python3
"""Every key of a bootstrapping and an association, made with programs we did not write.

OpenSSL's and GnuTLS's command-line clients register at MEF and MAF; the exporter output that they print,
Km derived here by the formula of TS-0003 10.3.7, and what MAF and IN-CSE retrieve have to be the same.
"""
import base64
import hashlib
import hmac
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))
from harness import (DEVICE_1, IN_CSE, MAF, MEF, PROVIDER, SOON, Deployment, check, check_equal, finish, gnutls,
                     openssl, request)

BOOTSTRAP, CONNECTION = "EXPORTER-oneM2M-Bootstrap", "EXPORTER-oneM2M-Connection"
USAGE = b"oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation"


def registrations(host, member, target, suid, et):
    """A client registration and a key registration, one behind the other."""
    client = {f"sec:{member}": {"et": et, "adfq": PROVIDER}}
    key = {"sec:skr": {"et": et, "adfq": PROVIDER, "suid": suid, "tgis": [target]}}
    return (request("POST", "/-", host, body=client, ty=3 if member == "macr" else 4)
            + request("POST", "/-", host, body=key, ty=5, rid="r2"))


def register(client, name, port, host, member, target, suid, label, et, **options):
    told = client(port, host, registrations(host, member, target, suid, et), answers=2, label=label, **options)
    if not check(told.exported is not None and len(told.exported) == 48, f"{name} exports 48 octets"):
        print(told.output.decode(errors="replace")[-2000:])
        return None
    statuses = [a.rsc for a in told.answers]
    if not check_equal(statuses, [2001, 2001], f"{name} registers at {host}"):
        print(told.output.decode(errors="replace")[-2000:])
        return None
    identifier, key = told.exported[:16].hex().upper(), told.exported[16:]
    check_equal(told.answers[1].content()["ri"], identifier, f"the identifier is the one that {name} exported")
    check(b'"kv"' not in told.answers[1].body, f"the answer to {name} has no key")
    return identifier, key, told.answers


def retrieve(connection, identifier, suid, name):
    with connection as c:
        answer = c.ask("GET", f"/{identifier}")
        if not check_equal(answer.rsc, 2000, f"{name} is retrieved"):
            return None
        check_equal(answer.content()["suid"], suid, f"{name} says its use")
        check_equal(answer.headers.get("cache-control"), "no-store", f"{name} is not to be cached")
        return base64.b64decode(answer.content()["kv"])


def follow(d, client, name, number, lifetime, **credential):
    """Bootstrap, associate, talk: all with `client`."""
    cse = f"//{PROVIDER}/asn-{number}"
    made = register(client, name, credential.pop("port"), MEF, "mecr", f"//{MAF}", 21, BOOTSTRAP, lifetime,
                    **credential)
    if made is None:
        return
    ke_id, ke, _ = made
    km = hmac.new(ke, USAGE + b"21" + MAF.encode(), hashlib.sha256).digest()
    check_equal(retrieve(d.as_maf(), ke_id, 21, f"Km of {name}"), km, f"Km of {name} is the one derived here")

    made = register(client, name, d.maf_psk_port, MAF, "macr", IN_CSE, 32, CONNECTION, lifetime,
                    psk=(f"{ke_id}@{MEF}", km))
    if made is None:
        return
    kc_id, kc, answers = made
    check("aski" in answers[0].content(), "the MAF assigns a KmID")
    check_equal(retrieve(d.as_in_cse(), kc_id, 32, f"Kc of {name}"), kc, f"Kc of {name} is the one exported")

    told = client(d.gateway_port, "in-cse." + PROVIDER, request("GET", "/-", "in-cse." + PROVIDER, origin=cse),
                  psk=(f"{kc_id}@{MAF}", kc))
    check_equal([a.rsc for a in told.answers], [2000], f"{name} talks to the CSE with Kc")
    check(f"from {cse}: 2000" in d.cse_log(), "the CSE is told who it is")


def main():
    with Deployment() as d:
        authority = d.path("ca/provider-ca.pem")
        with open(d.path("factory/device-2/kpm.key"), encoding="ascii") as f:
            kpm = bytes.fromhex(f.read().strip())
        follow(d, openssl, "openssl s_client", 1, SOON, port=d.mef_port, authority=authority,
               certificate=d.path("factory/device-1/device"))
        follow(d, gnutls, "gnutls-cli", 2, SOON, port=d.mef_psk_port, psk=(f"kpm1@{MEF}", kpm))
        keys = d.operator("list", "keys")
        check_equal(len(keys), 4, "four keys were registered")
        check(all("kv" not in k and "key" not in k for k in keys), "no listing has a key")
        check_equal([n["node_id"] for n in d.operator("list", "nodes", "--node", DEVICE_1)], [DEVICE_1, DEVICE_1],
                    "MEF and MAF know the node")
        check_equal(d.stop(), 0, "the daemon ends well")


if __name__ == "__main__":
    main()
    finish("interop/keys")
