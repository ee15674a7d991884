#!/usr/bin/env python3
"""The life of a node by its own commands: bootstrap, associate, talk, again, revoked, expired, restarted."""
import base64
import json
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import (DEVICE_1, IN_CSE, MAF, MEF, PROVIDER, Deployment, check, check_equal, finish, is_open,
                     wait_until)

SENSOR, METER = f"//{PROVIDER}/asn-1/Csensor", f"//{PROVIDER}/asn-1/Cmeter"
REVOKED_WITHIN_S = 60


def node(d, number, *arguments, stdin=None):
    r = d.run(*arguments, "--config", d.node(number), "--json", stdin=stdin)
    try:
        r.json = json.loads(r.stdout or r.stderr)
    except json.JSONDecodeError:
        r.json = {}
    return r


def ask(d, ae, method="GET", uri="/-", *more, stdin=None):
    return node(d, 1, "ae", "request", method, uri, "--ae", ae, "--to", IN_CSE, *more, stdin=stdin)


def associate(d, ae, number=1):
    return node(d, number, "ae", "associate", "--ae", ae, "--to", IN_CSE)


def bootstraps(d):
    r = associate(d, SENSOR)
    check_equal(r.returncode, 1, "a node that is not enrolled cannot associate")
    check("do" in r.json, "and is told what to do")

    for number, cse in ((1, "asn-1"), (2, "asn-2")):
        first = node(d, number, "node", "bootstrap")
        check_equal(first.returncode, 0, f"device {number} bootstraps: {first.stderr}")
        check_equal(first.json.get("cse_id"), f"//{PROVIDER}/{cse}", "it learns its CSE-ID")
        check_equal(first.json.get("in_cse_id"), IN_CSE, "and the IN's")
        keys = len(d.operator("list", "keys"))
        second = node(d, number, "node", "bootstrap")
        check_equal(second.returncode, 0, "bootstrapping again while enrolled works")
        check_equal(second.json, first.json, "and changes nothing")
        check_equal(len(d.operator("list", "keys")), keys, "and registers nothing")
    again = node(d, 1, "node", "bootstrap", "--again")
    check_equal(again.returncode, 0, f"--again bootstraps anew: {again.stderr}")
    check_equal(len(d.operator("list", "keys")), 3, "with a new key")


def associates(d):
    for ae in (SENSOR, METER):
        r = associate(d, ae)
        check_equal(r.returncode, 0, f"{ae} associates: {r.stderr}")
        for output in ("secure_connection_id", "key", "expires", "suite"):
            check(r.json.get(output), f"the association tells its {output}")
    keys = [k for k in d.operator("list", "keys") if k["authority"] == MAF]
    check_equal(len({k["relative_id"] for k in keys}), 2, "each application has its own key")
    check_equal(associate(d, f"//{PROVIDER}/asn-2/Csensor").returncode, 1, "another node's application gets none")
    check_equal(associate(d, f"//{PROVIDER}/asn-1/Cother").returncode, 1, "nor one that nobody knows")
    r = node(d, 1, "ae", "associate", "--ae", SENSOR, "--to", "no identifier")
    check_equal(r.returncode, 2, "a target that is no identifier is a usage error")


def talks(d):
    created = ask(d, SENSOR, "POST", "/-", "--type", "2", "--body", "-",
                  stdin='{"m2m:ae":{"rn":"sensor","api":"Ns","rr":false}}')
    check_equal((created.returncode, created.json.get("rsc")), (0, "2001"), f"it talks: {created.stderr}")
    check(f"POST /- from {SENSOR}: 2001" in d.cse_log(), "the CSE is told who it is")
    check_equal(ask(d, METER, "GET", "/-/sensor").json.get("rsc"), "2000", "so does the other application")
    forged = ask(d, SENSOR, "GET", "/-/sensor", "--from", METER)
    check_equal((forged.returncode, forged.json.get("rsc")), (1, "4106"), "another's name is refused")
    check(d.cse_log().count(f"from {METER}") == 1, "and never reaches the CSE")
    check_equal(ask(d, SENSOR, "GET", "/-/nothing").json.get("rsc"), "4004", "the CSE's refusals come through")


def survives(d):
    check_equal(d.stop(), 0, "SIGTERM ends it in order")
    d.start()
    check_equal(ask(d, SENSOR).json.get("rsc"), "2000", "an association outlives a restart of the daemon")
    d.kill()
    r = ask(d, SENSOR)
    check_equal(r.returncode, 1, "without a daemon a request fails")
    check(r.json.get("do"), "and says what to do")
    d.start()
    check_equal(ask(d, SENSOR).json.get("rsc"), "2000", "and works again after a kill")
    d.cse.terminate()
    d.cse.wait()
    r = ask(d, SENSOR)
    check_equal(r.json.get("status"), 504, f"without the CSE the gateway says so: {r.json}")
    d.start_cse()
    check_equal(ask(d, SENSOR).json.get("rsc"), "2000", "and works when it is back")


def reloads(d):
    with open(d.path("tls/mef.pem"), encoding="ascii") as f:
        good = f.read()
    before = len(d.log())
    d.daemon.send_signal(signal.SIGHUP)
    wait_until(lambda: len(d.log()) > before, 10, "the daemon says that it reloaded")
    check_equal(node(d, 1, "node", "bootstrap", "--again").returncode, 0, "it serves after SIGHUP")
    with open(d.path("tls/mef.pem"), "w", encoding="ascii") as f:
        f.write("no certificate\n")
    before = len(d.log())
    d.daemon.send_signal(signal.SIGHUP)
    wait_until(lambda: len(d.log()) > before, 10, "the daemon says what is wrong")
    time.sleep(0.5)
    check_equal(node(d, 1, "node", "bootstrap", "--again").returncode, 0, "a bad file changes nothing")
    with open(d.path("tls/mef.pem"), "w", encoding="ascii") as f:
        f.write(good)
    d.daemon.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    check_equal(node(d, 1, "node", "bootstrap", "--again").returncode, 0, "and a good one is taken again")


def second_daemon(d):
    r = d.run("--config", d.config, program="handfastd")
    check_equal(r.returncode, 1, f"a second daemon on one store is refused: {r.stderr}")
    check_equal(ask(d, SENSOR).json.get("rsc"), "2000", "and does not disturb the first")


def canaries(d):
    """Threat rows STO-1, HOST-2, G6: no key in any file, log, argument or environment."""
    with open(d.path("factory/device-2/kpm.key"), encoding="ascii") as f:
        secrets = [bytes.fromhex(f.read().strip())]
    associate(d, SENSOR)
    kc_id = [k for k in d.operator("list", "keys") if k["authority"] == MAF][-1]["relative_id"]
    with d.as_in_cse() as c:
        secrets.append(base64.b64decode(c.ask("GET", f"/{kc_id}").content()["kv"]))
    with open(d.path("secret/passphrase"), encoding="ascii") as f:
        passphrase = f.read().strip().encode()
    forms = [passphrase]
    for s in secrets:
        forms += [s, s[::-1], s.hex().encode(), s.hex().upper().encode(), base64.b64encode(s)]
    places = [os.path.join(folder, name) for folder, _, names in os.walk(d.work) for name in names
              if name not in ("kpm.key", "devices.jsonl", "passphrase")]
    places += [f"/proc/{d.daemon.pid}/cmdline"]
    if os.geteuid() == 0:
        places += [f"/proc/{d.daemon.pid}/environ"]
    found = []
    for place in places:
        with open(place, "rb") as f:
            octets = f.read()
        found += [place for form in forms if form in octets]
    check(len(places) > 10, "there are files to search")
    check_equal(found, [], "no key is in any of them")


def revokes(d):
    associate(d, METER)
    check_equal(ask(d, METER).json.get("rsc"), "2000", "an association works before it is revoked")
    kc_id = [k for k in d.operator("list", "keys") if k["source"] == METER][-1]["relative_id"]
    d.operator("revoke", "key", kc_id)
    within(lambda: ask(d, METER).returncode == 1, "a revoked key opens nothing")
    d.operator("revoke", "node", DEVICE_1, "--reason", "stolen")
    check_equal(node(d, 1, "node", "bootstrap", "--again").returncode, 1, "a revoked node cannot bootstrap")
    check_equal(associate(d, SENSOR).returncode, 1, "nor associate")
    within(lambda: ask(d, SENSOR).returncode == 1, "nor talk")
    check(all(n["state"] == "revoked" for n in d.operator("list", "nodes", "--node", DEVICE_1)), "and is listed so")
    check_equal(node(d, 2, "node", "bootstrap", "--again").returncode, 0, "others are untouched")
    check_equal(d.operator("audit", "check")["intact"], True, "the audit trail is whole")


def within(condition, what):
    end = time.monotonic() + REVOKED_WITHIN_S + 5
    while time.monotonic() < end:
        if condition():
            check(True, what)
            return
        time.sleep(1)
    check(False, f"{what} within {REVOKED_WITHIN_S} s")


def expires(d):
    """A credential that is over is refused as an unknown one is."""
    at = time.strftime("%Y%m%dT%H%M%S", time.gmtime(time.time() + 3))
    with open(d.path("factory/device-2/kpm.key"), "w", encoding="ascii") as f:
        kpm = os.urandom(32).hex()
        f.write(kpm + "\n")
    line = {"kpm_id": f"kpm3@{MEF}", "kpm": kpm, "node_id": "n3", "cse_id": f"//{PROVIDER}/asn-3", "expires": at}
    path = os.path.join(d.work, "third.jsonl")
    with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as f:
        f.write(json.dumps(line) + "\n")
    d.cli("device", "import", path, "--config", d.config)
    with open(d.node(2), encoding="ascii") as f:
        text = f.read().replace("kpm1@", "kpm3@").replace("node.sealed", "third.sealed")
    with open(d.node(2), "w", encoding="ascii") as f:
        f.write(text)
    time.sleep(4)
    r = node(d, 2, "node", "bootstrap")
    check_equal(r.returncode, 1, f"an expired credential opens nothing: {r.stdout}")


def forgets(d):
    check_equal(d.run("node", "forget", "--config", d.node(1)).returncode, 0, "a node can forget")
    check_equal(ask(d, SENSOR).returncode, 1, "and has nothing left then")


def main():
    with Deployment() as d:
        for part in (bootstraps, associates, talks, survives, reloads, second_daemon, canaries, revokes, expires,
                     forgets):
            part(d)
        check_equal(d.stop(), 0, "the daemon ends well")
        check(not is_open(d.mef_port), "and is gone")


if __name__ == "__main__":
    main()
    finish("system/bootstrap")
