#!/usr/bin/env python3
"""Peers with a valid credential that want what is not theirs, or go on after it was revoked (G5, GW-10)."""
import sys
import time

from peers import GATEWAY, SENSOR, Psk, associate
from harness import (DEVICE_1, DEVICE_2, IN_CSE, MAF, MEF, PROVIDER, SOON, Deployment, check, check_equal, finish,
                     request)

CSE_1, CSE_2 = f"//{PROVIDER}/asn-1", f"//{PROVIDER}/asn-2"
CLIENT = {"et": SOON, "adfq": PROVIDER}
REVOKED_WITHIN_S = 60


def client(kind):
    return {f"sec:{kind}": CLIENT}


def key(target, suid, **more):
    return {"sec:skr": {"et": SOON, "adfq": PROVIDER, "suid": suid, "tgis": [target], **more}}


def kpm_of_device_2(d):
    with open(d.path("factory/device-2/kpm.key"), encoding="ascii") as f:
        return f"kpm1@{MEF}", bytes.fromhex(f.read().strip())


def rsc(answer):
    return answer.rsc if answer is not None else None


def cannot_take(d):
    """What device 1 registered, seen by device 2; and identities that are not its own."""
    with d.as_device_1() as one, Psk(d.mef_psk_port, MEF, kpm_of_device_2(d)) as two:
        registration = one.ask("POST", "/-", body=client("mecr"), ty=4, origin=CSE_1)
        made = one.ask("POST", "/-", body=key(f"//{MAF}", 21), ty=5, origin=CSE_1)
        check_equal((rsc(registration), rsc(made)), (2001, 2001), "a device registers itself and a key")
        ids = [registration.content()["ri"], made.content()["ri"]]
        own = two.ask("GET", "/-", origin=CSE_2)
        check_equal(rsc(own), 2000, "another device is served")
        for ri in ids:
            for method, body in (("GET", None), ("DELETE", None), ("PUT", {"sec:mecr": {"lbl": ["x"]}}),
                                 ("PUT", {"sec:skr": {"tgis": [CSE_2]}})):
                answer = two.ask(method, f"/{ri}", body=body, origin=CSE_2)
                check(rsc(answer) == 4004, f"{method} of another's resource looks unknown: {answer}")
        check(rsc(two.ask("GET", f"/{ids[0]}?atrl=con", origin=CSE_2)) in (4004, 4000), "its configuration too")
        for origin in (CSE_1, CSE_1.upper(), "asn-1", "/asn-1", f"{CSE_1}/", SENSOR, IN_CSE, f"//{MAF}", "C",
                       f"{CSE_2} x", f"{CSE_2}/Csensor/../../asn-1", "//sp.example/ASN-2/Cx"):
            answer = two.ask("POST", "/-", body=client("mecr"), ty=4, origin=origin)
            check(rsc(answer) in (4106, 4000), f"origin {origin!r} is refused: {answer}")
        push = {"sec:kmp": {"kid": f"{'AB' * 16}@{MEF}", "kv": "A" * 43 + "=", "nid": DEVICE_1, "et": SOON,
                            "cr": CSE_1, "adfq": PROVIDER, "suid": 21, "eids": [CSE_1], "hcse": True}}
        check(rsc(two.ask("POST", "/-", body=push, ty=7, origin=CSE_2)) not in (2001, None), "a device pushes no key")


def cannot_misuse(d):
    """Keys for other doors than their own."""
    cases = [("the MAF's use at the MEF, for a CSE", key(IN_CSE, 21)), ("two MAFs", key(f"//{MAF}", 21)),
             ("itself", key(CSE_1, 22)), ("nobody", key("", 22)), ("a use of the other function", key(IN_CSE, 11)),
             ("use 0", key(IN_CSE, 0)), ("use 2^32", key(IN_CSE, 2 ** 32)), ("use -1", key(IN_CSE, -1)),
             ("use 2^64+21", key(f"//{MAF}", 2 ** 64 + 21))]
    cases[1][1]["sec:skr"]["tgis"] = [f"//{MAF}", "//maf.other.example"]
    with d.as_device_1() as c:
        for what, body in cases:
            answer = c.ask("POST", "/-", body=body, ty=5, origin=CSE_1)
            check(answer is not None and answer.rsc >= 4000, f"a key for {what} is refused: {answer}")
    for name, port in ((MAF, d.mef_port), (MEF, d.maf_port)):
        answer = None
        try:
            with d.https(port, name, "factory/device-1/device") as c:
                answer = c.ask("GET", "/-")
        except OSError:
            pass
        check(answer is None or answer.status >= 400, f"{name} is not at port {port}")
    with d.https(d.maf_port, MAF) as c:
        answer = c.ask("GET", "/-")
        check(answer is not None and answer.status >= 400, f"without a certificate there is nothing: {answer}")


def is_over(c, within_s):
    """The connection ends, or nothing is served on it any more."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        answer = c.ask("GET", "/-")
        if answer is None or answer.status >= 400:
            return True
        time.sleep(1)
    return False


def revoked_device(d):
    """Its connection was open before; nothing is registered or retrieved on it after."""
    credential = [c["credential_id"] for c in d.operator("list", "credentials", "--node", DEVICE_2)
                  if c["authority"] == MEF][0]
    with Psk(d.mef_psk_port, MEF, kpm_of_device_2(d)) as c, Psk(d.mef_psk_port, MEF, kpm_of_device_2(d)) as fresh:
        check_equal(rsc(c.ask("POST", "/-", body=client("mecr"), ty=4, origin=CSE_2)), 2001, "a device registers")
        check_equal(rsc(fresh.ask("GET", "/-")), 2000, "twice")
        d.operator("revoke", "credential", credential)
        made = c.ask("POST", "/-", body=key(f"//{MAF}", 21), ty=5, origin=CSE_2)
        check(rsc(made) not in (2001, None), f"a revoked credential registers no key: {made}")
        made = fresh.ask("POST", "/-", body=key(f"//{MAF}", 21), ty=5, origin=CSE_2)
        check(rsc(made) != 2001, f"nor on another connection: {made}")
        check(rsc(fresh.ask("POST", "/-", body=client("mecr"), ty=4, origin=CSE_2)) != 2001, "nor itself")
    with Psk(d.mef_psk_port, MEF, kpm_of_device_2(d)) as c:
        check_equal(c.answer(1) if c.process.poll() is None else None, None, "nor does it connect again")


def revoked_association(d):
    """Administrative revocation closes what is open, within the bound (GW-10)."""
    d.cli("node", "bootstrap", "--config", d.node(1))
    psk = associate(d)
    other = associate(d, f"//{PROVIDER}/asn-1/Cmeter")
    with Psk(d.gateway_port, GATEWAY, psk) as c, Psk(d.gateway_port, GATEWAY, other) as untouched:
        check_equal(rsc(c.ask("GET", "/-")), 2000, "an association talks")
        check_equal(rsc(untouched.ask("GET", "/-")), 2000, "and another")
        d.operator("revoke", "key", psk[0])
        started = time.monotonic()
        check(is_over(c, REVOKED_WITHIN_S + 1), "a revoked key's association ends")
        print(f"ended after {time.monotonic() - started:.0f} s", flush=True)
        check_equal(rsc(untouched.ask("GET", "/-")), 2000, "and no other")
    with Psk(d.gateway_port, GATEWAY, psk) as c:
        try:
            answer = c.ask("GET", "/-")
        except OSError:
            answer = None
        check_equal(answer, None, "and it opens nothing any more")


def shorten(d, what):
    """A shorter key cache, so that the test is quick."""
    with open(d.config, encoding="utf-8") as f:
        text = f.read()
    with open(d.config, "w", encoding="utf-8") as f:
        f.write(text.replace("\ngateway:\n", f"\ngateway:\n  {what}\n", 1))


def main():
    with Deployment(start=False) as d:
        shorten(d, "key_cache: 5s")
        d.start_cse()
        d.start()
        for part in (cannot_take, cannot_misuse, revoked_association, revoked_device):
            started = time.monotonic()
            part(d)
            print(f"{part.__name__}: {time.monotonic() - started:.1f} s", flush=True)
        check_equal(d.stop(), 0, "the daemon ends well")


if __name__ == "__main__":
    main()
    finish("system/hostile_intruders")
