#!/usr/bin/env python3
"""Wrong inputs through real sockets: each is refused in its class, and the next good request is served."""
import base64
import json
import os
import socket
import ssl
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import (ANSWER_S, IN_CSE, MAF, MEF, PROVIDER, SOON, Deployment, Https, check, check_equal, finish, gnutls,
                     openssl, request)

CSE = f"//{PROVIDER}/asn-1"
GOOD_CLIENT = {"et": SOON, "adfq": PROVIDER}
GOOD_KEY = {"et": SOON, "adfq": PROVIDER, "suid": 21, "tgis": [f"//{MAF}"]}


def client(**change):
    return {"sec:mecr": without_none({**GOOD_CLIENT, **change})}


def key(**change):
    return {"sec:skr": without_none({**GOOD_KEY, **change})}


def without_none(d):
    return {k: v for k, v in d.items() if v is not None}


# What, content (object or octets), ty, codes that may answer.
CONTENT = [
    ("no JSON", b"{", 4, {4000}),
    ("nothing", b"", 4, {4000}),
    ("an array", b"[]", 4, {4000}),
    ("a text", b'"sec:mecr"', 4, {4000}),
    ("no member", b"{}", 4, {4000}),
    ("two members", {"sec:mecr": GOOD_CLIENT, "sec:skr": GOOD_KEY}, 4, {4000}),
    ("another type's member", {"sec:macr": GOOD_CLIENT}, 4, {4000}),
    ("an unknown member", client(colour="red"), 4, {4000}),
    ("a member twice", b'{"sec:mecr":{"et":"20261231T000000","et":"20261231T000000","adfq":"sp.example"}}', 4, {4000}),
    ("the type twice", b'{"sec:mecr":{"et":"20261231T000000","adfq":"sp.example"},"sec:mecr":{"et":"20261231T000000","adfq":"sp.example"}}', 4, {4000}),
    ("something behind it", b'{"sec:mecr":{"et":"20261231T000000","adfq":"sp.example"}}{}', 4, {4000}),
    ("octets that are no UTF-8", b'{"sec:mecr":{"et":"20261231T000000","adfq":"sp.example","lbl":["\xff"]}}', 4, {4000}),
    ("a lone surrogate", b'{"sec:mecr":{"et":"20261231T000000","adfq":"sp.example","lbl":["\\ud800"]}}', 4, {4000}),
    ("a NUL in a text", b'{"sec:mecr":{"et":"20261231T000000","adfq":"sp.example\\u0000"}}', 4, {4000}),
    ("seventeen levels", b'{"sec:mecr":' + b"[" * 17 + b"]" * 17 + b"}", 4, {4000}),
    ("ten thousand levels", b"[" * 10000 + b"]" * 10000, 4, {4000}),
    ("no expirationTime", client(et=None), 4, {4000}),
    ("no adminFQDN", client(adfq=None), 4, {4000}),
    ("an expirationTime that is a number", client(et=20261231), 4, {4000}),
    ("an expirationTime on a day that does not exist", client(et="20260231T000000"), 4, {4000}),
    ("an expirationTime with a zone", client(et="20261231T000000Z"), 4, {4000}),
    ("an expirationTime that is over", client(et="20200101T000000"), 4, {4000, 4102}),
    ("an adminFQDN that is a list", client(adfq=[PROVIDER]), 4, {4000}),
    ("an adminFQDN that is no FQDN", client(adfq="sp example"), 4, {4000}),
    ("a foreign adminFQDN", client(adfq="other.example"), 4, {4103}),
    ("labels that are no list", client(lbl="a"), 4, {4000}),
    ("seventeen labels", client(lbl=[f"l{n}" for n in range(17)]), 4, {4000}),
    ("a label of 65 octets", client(lbl=["l" * 65]), 4, {4000}),
    ("a creator", client(cr=CSE), 4, {4000}),
    ("a resource identifier", client(ri="0" * 32), 4, {4000}),
]

KEYS = [
    ("an unknown SUID", key(suid=99), {4000, 4102}),
    ("an undefined SUID", key(suid=20), {4000, 4102}),
    ("a SUID of the MAF", key(suid=32), {4000, 4102, 4103}),
    ("a negative SUID", key(suid=-21), {4000}),
    ("a SUID that is a text", key(suid="21"), {4000}),
    ("a SUID with a fraction", key(suid=21.5), {4000}),
    ("a SUID that is huge", b'{"sec:skr":{"et":"20261231T000000","adfq":"sp.example","suid":1e400,"tgis":["//maf.sp.example"]}}', {4000}),
    ("no target", key(tgis=None), {4000, 4102}),
    ("an empty list of targets", key(tgis=[]), {4000, 4102}),
    ("two targets", key(tgis=[f"//{MAF}", IN_CSE]), {4000, 4102, 4103}),
    ("the same target twice", key(tgis=[f"//{MAF}", f"//{MAF}"]), {4000, 4102}),
    ("a target that is a number", key(tgis=[7]), {4000}),
    ("a target that is no identifier", key(tgis=["maf sp"]), {4000}),
    ("a foreign MAF", key(tgis=["//maf.other.example"]), {4103, 4000, 4102}),
    ("65 targets", key(suid=24, tgis=[f"//{PROVIDER}/C{n}" for n in range(65)]), {4000}),
    ("a key value of 15 octets", key(kv="AAAAAAAAAAAAAAAAAAAA"), {4000, 4102}),
    ("a key value that is no base64", key(kv="*" * 44), {4000}),
    ("a foreign adminFQDN", key(adfq="other.example"), {4103}),
    ("an expirationTime that is over", key(et="20200101T000000"), {4000, 4102}),
]

HEADS = [
    ("an unknown resource", dict(method="GET", target="/" + "A" * 32), {4004}),
    ("an absurd path", dict(method="GET", target="/../../etc/passwd"), {4000, 4004}),
    ("an encoded path", dict(method="GET", target="/%2e%2e/x"), {4000, 4004}),
    ("another authority's path", dict(method="GET", target="/_/maf.sp.example/-"), {4004, 4000, 4103}),
    ("PATCH", dict(method="PATCH", target="/-"), {4005}),
    ("TRACE", dict(method="TRACE", target="/-"), {4005}),
    ("a notification", dict(method="POST", target="/-", body=client()), {4005}),
    ("an unknown release", dict(method="GET", target="/-", rvi="9"), {4001}),
    ("no request identifier", dict(method="GET", target="/-", rid=None), {4000}),
    ("no media type it has", dict(method="GET", target="/-", extra=["Accept: image/png"]), {5207}),
    ("an unknown child type", dict(method="POST", target="/-", body=client(), ty=3), {4000, 4108, 4005}),
    ("somebody else's name", dict(method="GET", target="/-", origin=f"//{PROVIDER}/asn-2"), {4106}),
    ("the provider's name", dict(method="GET", target="/-", origin=IN_CSE), {4106}),
    ("the MAF's name", dict(method="GET", target="/-", origin=f"//{MAF}"), {4106}),
]

HEAD = f"POST /- HTTP/1.1\r\nHost: {MEF}\r\nX-M2M-RI: 1\r\n"
SMUGGLING = [
    ("a length and a coding", HEAD + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("two lengths", HEAD + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"),
    ("the same length twice", HEAD + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"),
    ("a length with a sign", HEAD + "Content-Length: +4\r\n\r\nabcd"),
    ("a negative length", HEAD + "Content-Length: -1\r\n\r\n"),
    ("a length list", HEAD + "Content-Length: 4, 4\r\n\r\nabcd"),
    ("a huge length", HEAD + "Content-Length: 99999999999999999999\r\n\r\n"),
    ("a space before the colon", HEAD + "X-M2M-Origin : a\r\n\r\n"),
    ("a folded header", HEAD + "X-M2M-Origin: a\r\n b\r\n\r\n"),
    ("a bare line feed", HEAD.replace("\r\n", "\n") + "\n"),
    ("a bare carriage return", HEAD + "X-A: a\rb\r\n\r\n"),
    ("a NUL in a header", HEAD + "X-A: a\0b\r\n\r\n"),
    ("no Host", "GET /- HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n"),
    ("two Hosts", HEAD + f"Host: {MEF}\r\n\r\n"),
    ("a foreign Host", "GET /- HTTP/1.1\r\nHost: maf.sp.example\r\nX-M2M-RI: 1\r\n\r\n"),
    ("an absolute target", f"GET http://{MEF}/- HTTP/1.1\r\nHost: {MEF}\r\nX-M2M-RI: 1\r\n\r\n"),
    ("HTTP/0.9", "GET /-\r\n\r\n"),
    ("HTTP/2", f"GET /- HTTP/2.0\r\nHost: {MEF}\r\n\r\n"),
    ("an odd coding", HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    ("two codings", HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    ("a chunk with a bad size", HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
    ("a header of 9,000 octets", HEAD + "X-A: " + "a" * 9000 + "\r\n\r\n"),
    ("a hundred headers", HEAD + "".join(f"X-{n}: a\r\n" for n in range(100)) + "\r\n"),
    ("an upgrade", HEAD + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
    ("two originators", HEAD + f"X-M2M-Origin: {CSE}\r\nX-M2M-Origin: {CSE}\r\n\r\n"),
]


def is_well(d):
    with d.as_device_1() as c:
        answer = c.ask("GET", "/-")
        return check(answer is not None and answer.rsc == 2000, "the next good request is served")


def refuse_contents(d):
    with d.as_device_1() as c:
        for what, content, ty, codes in CONTENT:
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            answer = c.ask("POST", "/-", raw_body=body, ty=ty, origin=CSE,
                           extra=[] if body else [f"Content-Type: application/json;ty={ty}"])
            check(answer is not None and answer.rsc in codes, f"{what} is refused: {answer}")
            if answer is None:
                c = d.as_device_1()
        answer = c.ask("POST", "/-", body=client(), ty=4, origin=CSE)
        check(answer is not None and answer.rsc == 2001, f"the good one is taken: {answer}")
        for what, content, codes in KEYS:
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            answer = c.ask("POST", "/-", raw_body=body, ty=5, origin=CSE)
            check(answer is not None and answer.rsc in codes, f"a key with {what} is refused: {answer}")
            if answer is None:
                c = d.as_device_1()
    is_well(d)
    check_equal(d.operator("list", "keys"), [], "no bad key was kept")
    check_equal(len(d.operator("list", "registrations")), 1, "one registration was kept")


def refuse_absurd_expiry(d):
    """An expiry beyond policy is shortened to it, never taken as it is (threat row KM-9)."""
    with d.as_device_1() as c:
        ri = d.operator("list", "registrations")[0]["id"]
        answer = c.ask("PUT", f"/{ri}", body={"sec:mecr": {"et": "99991231T235959"}})
        check(answer.rsc == 2004 or answer.rsc in (4000, 4102), f"an absurd expiry has an answer: {answer}")
        expires = d.operator("list", "registrations")[0]["expires"]
        check(expires < "2100", f"an absurd expiry is not taken: {expires}")


def refuse_heads(d):
    for what, options, codes in HEADS:
        with d.as_device_1() as c:
            options = dict(options)
            answer = c.ask(options.pop("method"), options.pop("target"), **options)
            check(answer is not None and answer.rsc in codes, f"{what} is refused: {answer}")
    is_well(d)


def refuse_media_types(d):
    with d.as_device_1() as c:
        octets = request("POST", "/-", MEF, body=client(), ty=4)
        c.send(octets.replace(b"application/vnd.onem2m-res+json", b"application/xml"))
        answer = c.answer()
        check(answer is not None and answer.rsc == 4015, f"XML is refused: {answer}")
        c.send(octets.replace(b"; ty=4", b"; ty=4; ty=5"))
        answer = c.answer()
        check(answer is None or answer.status >= 400, f"two types are refused: {answer}")


def refuse_smuggling(d):
    """Never two answers for one request, never anything after an ambiguous one."""
    behind = request("GET", "/-", MEF, rid="smuggled").decode()
    for what, octets in SMUGGLING:
        with d.as_device_1() as c:
            try:
                c.send((octets + behind).encode("latin-1"))
                answer = c.answer()
                after = c.answer() if answer is not None else None
            except (OSError, ssl.SSLError):
                answer = after = None
            check(answer is None or answer.status >= 400, f"{what} is refused: {answer}")
            if what not in ("an upgrade", "two originators", "a foreign Host", "an absolute target"):
                check(after is None, f"nothing is served behind {what}: {after}")
    is_well(d)


def refuse_oversized(d):
    with d.as_device_1() as c:
        try:
            c.send(request("POST", "/-", MEF, raw_body=b"a" * 70000, ty=4))
            answer = c.answer()
        except (OSError, ssl.SSLError):
            answer = None
        check(answer is None or answer.status >= 400, f"70,000 octets are refused: {answer}")
    with d.as_device_1() as c:
        many = request("GET", "/-", MEF) * 100
        try:
            c.send(many)
            served = 0
            while c.answer() is not None:
                served += 1
        except (OSError, ssl.SSLError):
            pass
        check(served <= 100, f"a hundred requests at once do no harm ({served} served)")
    is_well(d)


def export_once(d):
    """Threat row CH-2: a connection's exporter output becomes one key, whatever the order."""
    with d.as_device_1() as c:
        first = c.ask("POST", "/-", body=key(), ty=5, origin=CSE)
        second = c.ask("POST", "/-", body=key(), ty=5, origin=CSE)
        third = c.ask("POST", "/-", body=key(suid=22, tgis=[IN_CSE]), ty=5, origin=CSE)
        check_equal(first.rsc, 2001, "the first key of a connection is taken")
        check_equal(second.rsc, 4105, "a second is a conflict")
        check(third.rsc in (4105, 4103, 4000), f"and so is one for another use: {third}")
    with d.as_device_1() as c:
        c.send(request("POST", "/-", MEF, body=key(), ty=5) * 3)
        answers = [c.answer() for _ in range(3)]
        check_equal(sorted(a.rsc for a in answers if a), [2001, 4105, 4105], "pipelined ones make one key")
    check_equal(len(d.operator("list", "keys")), 2, "two connections made two keys")


def strangers(d):
    """Somebody else's resource is answered as an unknown one is: same code, same size."""
    with open(d.path("factory/device-2/kpm.key"), encoding="ascii") as f:
        kpm = bytes.fromhex(f.read().strip())
    theirs = [d.operator("list", "keys")[0]["relative_id"], d.operator("list", "registrations")[0]["id"]]
    octets = b"".join(request(method, f"/{name}", MEF)
                      for name in theirs + ["0" * 32] for method in ("GET", "DELETE"))
    told = openssl(d.mef_psk_port, MEF, octets, answers=6, psk=(f"kpm1@{MEF}", kpm))
    shapes = [(a.status, a.rsc, a.body, sorted(a.headers)) for a in told.answers]
    check_equal(len(shapes), 6, "a stranger gets his answers")
    check(len(set(map(str, shapes))) == 1, f"somebody else's and unknown look alike: {shapes}")
    check_equal([k["state"] for k in d.operator("list", "keys")], ["live", "live"], "and nothing is ended")


def handshakes(d):
    authority = d.path("ca/provider-ca.pem")
    get = request("GET", "/-", MEF)

    told = openssl(d.mef_psk_port, MEF, get, psk=(f"nobody@{MEF}", b"\1" * 32))
    unknown = alert_of(told)
    check_equal(told.answers, [], "an unknown identity gets nothing")
    told = openssl(d.mef_psk_port, MEF, get, psk=(f"kpm1@{MEF}", b"\1" * 32))
    check_equal(told.answers, [], "a wrong key gets nothing")
    check_equal(alert_of(told), unknown, "unknown identity and wrong key look alike (threat row PSK-1)")
    with open(d.path("factory/device-2/kpm.key"), encoding="ascii") as f:
        kpm = bytes.fromhex(f.read().strip())
    told = openssl(d.mef_psk_port, MEF, get, psk=(f"kpm1@{MEF}", kpm))
    check_equal([a.rsc for a in told.answers], [2000], "the right key is served")
    told = openssl(d.mef_psk_port, "other.example", get, psk=(f"kpm1@{MEF}", kpm))
    check_equal(told.answers, [], "a foreign server name gets nothing (threat row CH-12)")
    told = openssl(d.mef_psk_port, MEF, get, psk=(f"kpm1@{MEF}", kpm), extra=["-noservername"])
    check_equal(told.answers, [], "no server name gets nothing")
    told = gnutls(d.mef_psk_port, MEF, get, psk=(f"kpm1@{MEF}", kpm))
    check_equal([a.rsc for a in told.answers], [2000], "GnuTLS is served as well")
    for version in ("-tls1", "-tls1_1"):
        told = openssl(d.mef_port, MEF, get, certificate=d.path("factory/device-1/device"), authority=authority,
                       extra=[version, "-cipher", "ALL:@SECLEVEL=0"])
        check_equal(told.answers, [], f"{version} gets nothing")
    told = openssl(d.mef_psk_port, MEF, get, psk=(f"kpm1@{MEF}", kpm), extra=["-cipher", "NULL:@SECLEVEL=0"])
    check_equal(told.answers, [], "a suite without encryption gets nothing")
    told = openssl(d.mef_port, MEF, get, authority=authority, certificate=d.path("tls/in-cse"))
    check_equal(told.answers, [], "a CSE's certificate is no device's")
    is_well(d)


def alert_of(told):
    lines = [line for line in told.output.decode(errors="replace").splitlines() if "alert" in line.lower()]
    return [line.split(":", 1)[1] if ":" in line else line for line in lines]


def foreign_certificates(d):
    """Certificates of nobody we trust, and of the wrong kind."""
    foreign = os.path.join(d.work, "foreign")
    d.cli("init", foreign, "--provider", "other.example", "--port-base", "23990")
    for what, certificate in (("another provider's device", f"{foreign}/factory/device-1/device"),
                              ("another provider's MAF", f"{foreign}/tls/maf")):
        answer = None
        try:
            with Https(d.mef_port, MEF, d.path("ca/provider-ca.pem"), certificate) as c:
                answer = c.ask("GET", "/-")
        except (OSError, ssl.SSLError):
            pass
        check_equal(answer, None, f"{what} gets nothing")
    with d.https(d.mef_port, MEF) as c:
        answer = c.ask("GET", "/-")
        check(answer is None or answer.status >= 400, f"no certificate opens nothing: {answer}")
    with d.https(d.mef_port, MEF) as c:
        answer = c.ask("GET", "/.well-known/handfast")
        check(answer is not None and answer.status == 200, f"but the list of methods: {answer}")
        if answer is not None:
            check_equal([m["method"] for m in json.loads(answer.body)["methods"]], ["certificate", "psk"],
                        "both methods are offered")
    is_well(d)


def noise(d):
    """Octets that are no TLS, on every port."""
    for port in range(d.base, d.base + 5):
        for octets in (b"GET / HTTP/1.1\r\n\r\n", b"\0" * 64, b"\x16\x03\x01\xff\xff" + b"a" * 70000,
                       b"\x16\x03\x03\x00\x04\x01\xff\xff\xff", os.urandom(2000)):
            with socket.create_connection(("127.0.0.1", port), ANSWER_S) as s:
                s.settimeout(15)
                try:
                    s.sendall(octets)
                    s.shutdown(socket.SHUT_WR)
                    answer = b""
                    while more := s.recv(4096):
                        answer += more
                except OSError:
                    pass
                check(len(answer) < 200, f"noise on port {port} costs little")
    is_well(d)


def slow_peers(d):
    """Half-open connections and a half-sent request: others are served, and the slow ones end."""
    half_open = [socket.create_connection(("127.0.0.1", d.mef_port), ANSWER_S) for _ in range(40)]
    with d.as_device_1() as slow:
        slow.send(request("POST", "/-", MEF, body=client(), ty=4)[:-10])
        started = time.monotonic()
        is_well(d)
        check(time.monotonic() - started < 5, "others do not wait for the slow ones")
        slow.socket.settimeout(30)
        answer = slow.answer()
        check(answer is None or answer.status >= 400, f"a request that never ends is not served: {answer}")
        check(time.monotonic() - started < 30, "and its connection ends")
    for s in half_open:
        s.settimeout(30)
        try:
            check_equal(s.recv(16), b"", "a half-open connection ends")
        except ConnectionError:
            pass
        s.close()
    is_well(d)


def gateway(d):
    """The same through an association: the CSE behind never sees what was smuggled (threat row GW-3)."""
    name, sensor = "in-cse." + PROVIDER, f"{CSE}/Csensor"
    d.cli("node", "bootstrap", "--config", d.node(1))
    d.cli("ae", "associate", "--ae", sensor, "--to", IN_CSE, "--config", d.node(1))
    kc_id = [k for k in d.operator("list", "keys") if k["authority"] == MAF][-1]["relative_id"]
    with d.as_in_cse() as c:
        psk = (f"{kc_id}@{MAF}", base64.b64decode(c.ask("GET", f"/{kc_id}").content()["kv"]))
    behind = request("DELETE", "/smuggled", name, origin=sensor)
    for what, octets in SMUGGLING:
        if what in ("an upgrade", "two originators", "a foreign Host", "an absolute target"):
            continue
        told = openssl(d.gateway_port, name, octets.replace(MEF, name).encode("latin-1") + behind, answers=2,
                       psk=psk, within_s=3)
        check(all(a.status >= 400 for a in told.answers), f"the gateway refuses {what}: {told.answers}")
    for what, origin in (("another application", f"{CSE}/Cmeter"), ("the CSE of the node", CSE),
                         ("the IN-CSE", IN_CSE), ("a relative name of another", "Cmeter"), ("an admin", "CAdmin")):
        told = openssl(d.gateway_port, name, request("GET", "/smuggled", name, origin=origin), psk=psk)
        check_equal([a.rsc for a in told.answers], [4106], f"{what} is refused (threat row GW-1)")
    told = openssl(d.gateway_port, name, request("GET", "/-", name), psk=psk)
    check_equal([a.rsc for a in told.answers], [2000], "no name at all is the association's own")
    check(f"from {sensor}: 2000" in d.cse_log(), "and the CSE is told it")
    told = openssl(d.gateway_port, name, request("GET", "/-", name, origin=sensor), psk=(psk[0], b"\1" * 32))
    check_equal(told.answers, [], "a wrong key opens nothing")
    told = openssl(d.gateway_port, name, request("GET", "/-", name, origin=sensor),
                   psk=(f"{kc_id}@maf.other.example", psk[1]))
    check_equal(told.answers, [], "nor does a MAF that is not configured (threat row GW-5)")
    check("smuggled" not in d.cse_log(), "nothing smuggled reached the CSE")
    with d.https(d.maf_port, MAF, "tls/mef") as c:
        try:
            answer = c.ask("GET", f"/{kc_id}")
        except (OSError, ssl.SSLError):
            answer = None
        check(answer is None or answer.rsc in (4004, 4103), f"nobody but the target gets the key: {answer}")


def main():
    with Deployment() as d:
        for part in (refuse_contents, refuse_absurd_expiry, refuse_heads, refuse_media_types, refuse_smuggling,
                     refuse_oversized, export_once, strangers, handshakes, foreign_certificates, noise, slow_peers,
                     gateway):
            part(d)
        check_equal(d.stop(), 0, "the daemon ends well")


if __name__ == "__main__":
    main()
    finish("system/bad_input")
