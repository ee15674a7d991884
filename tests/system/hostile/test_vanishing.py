#!/usr/bin/env python3
"""Peers that vanish at every point, signals under load, and few descriptors: the daemon outlives all of it."""
import base64
import os
import random
import resource
import signal
import socket
import ssl
import struct
import sys
import threading
import time

from peers import GATEWAY, Psk, associate
from harness import (IN_CSE, MAF, MEF, PROVIDER, SOON, Deployment, check, check_equal, finish, request, wait_until)

CSE_1 = f"//{PROVIDER}/asn-1"
CLIENT = {"sec:mecr": {"et": SOON, "adfq": PROVIDER}}
KEY = {"sec:skr": {"et": SOON, "adfq": PROVIDER, "suid": 21, "tgis": [f"//{MAF}"]}}
BAD_ID = "DEADBEEF" * 4


def reset(s):
    """A close that the peer sees as a reset."""
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


class Wire:
    """TLS over memory, so that the connection can be cut after any number of octets."""

    def __init__(self, d, port, name, certificate, cut_sent, cut_got, how):
        context = ssl.create_default_context(cafile=d.path("ca/provider-ca.pem"))
        context.load_cert_chain(d.path(certificate) + ".pem", d.path(certificate) + ".key")
        self.into, self.out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.into, self.out, server_hostname=name)
        self.socket = socket.create_connection(("127.0.0.1", port), 0.3)
        self.left_out, self.left_in, self.how = cut_sent, cut_got, how

    def pump(self):
        """False: the cut is reached."""
        octets = self.out.read()
        if octets:
            self.socket.sendall(octets[:self.left_out])
            self.left_out -= len(octets)
        if self.left_out <= 0:
            return False
        more = self.socket.recv(min(65536, self.left_in))
        self.left_in -= len(more)
        self.into.write(more)
        return bool(more) and self.left_in > 0

    def run(self, octets):
        """Handshake, then `octets`, as far as the cut lets it."""
        sent = False
        try:
            while True:
                try:
                    if not sent:
                        self.tls.do_handshake()
                        self.tls.write(octets)
                        sent = True
                    self.tls.read(65536)
                except ssl.SSLWantReadError:
                    pass
                if not self.pump():
                    break
        except (OSError, ssl.SSLError):
            pass
        if self.how == "reset":
            reset(self.socket)
        elif self.how == "half":
            self.socket.shutdown(socket.SHUT_WR)
            self.socket.settimeout(0.5)
            try:
                while self.socket.recv(65536):
                    pass
            except OSError:
                pass
            self.socket.close()
        else:
            self.socket.close()


def is_well(d, what):
    with d.as_device_1() as c:
        answer = c.ask("GET", "/-")
    check(answer is not None and answer.rsc == 2000, f"{what}: others are served")


def cut_everywhere(d):
    random.seed(1)
    octets = (request("POST", "/-", MEF, body=CLIENT, ty=4) + request("POST", "/-", MEF, body=KEY, ty=5)
              + request("GET", "/-", MEF))
    for how in ("reset", "close", "half"):
        for cut in list(range(1, 700, 90)) + [random.randrange(700, 2600) for _ in range(8)]:
            Wire(d, d.mef_port, MEF, "factory/device-1/device", cut, 1 << 30, how).run(octets)
        for cut in [random.randrange(1, 3000) for _ in range(6)]:
            Wire(d, d.mef_port, MEF, "factory/device-1/device", 1 << 30, cut, how).run(octets)
    is_well(d, "after cuts")


def half_requests(d):
    whole = request("GET", "/-", MEF)
    close = request("GET", "/-", MEF, extra=["Connection: close"])
    cases = [("a close in the middle", whole + close + whole * 3, 2), ("garbage behind", whole + b"\0\1garbage\r\n\r\n", 1),
             ("half a request behind", whole + whole[:20], 1), ("nine at once", whole * 9, 9),
             ("a close first", close + whole, 1), ("a close first, to the list",
                                                   request("GET", "/.well-known/handfast", MEF, extra=["Connection: close"])
                                                   + whole, 1)]
    for what, octets, good in cases:
        with d.as_device_1() as c:
            c.socket.settimeout(0.7)
            c.send(octets)
            got = 0
            try:
                while (answer := c.answer()) is not None and answer.status == 200:
                    got += 1
            except OSError:
                pass
            check_equal(got, good, f"{what}: answers")
    is_well(d, "after half requests")


def parked(d):
    """Peers that leave while their key is fetched; the MEF does not know it, or says nothing."""
    for n in range(6):
        with Psk(d.maf_psk_port, MAF, (f"{n:032X}@{MEF}", b"k" * 32)) as c:
            time.sleep(0.01 * n)
            c.vanish()
    for n in range(6):
        with Psk(d.gateway_port, GATEWAY, (f"{n:032X}@{MAF}", b"k" * 32)) as c:
            time.sleep(0.01 * n)
            c.vanish()
    is_well(d, "after parked ones left")


def leaves_while_committing(d):
    """The first request by KmID ends the KeID, which is a commit, before it exports a key: of nobody by then."""
    with d.as_device_1() as c:
        c.ask("POST", "/-", body=CLIENT, ty=4)
        ke = c.ask("POST", "/-", body=KEY, ty=5).content()["ri"]
    with d.as_maf() as c:
        km = base64.b64decode(c.ask("GET", f"/{ke}").content()["kv"])
    with Psk(d.maf_psk_port, MAF, (f"{ke}@{MEF}", km)) as c:
        km_id = c.ask("POST", "/-", body={"sec:macr": CLIENT["sec:mecr"]}, ty=3, origin=CSE_1).content()["aski"]
    key = {"sec:skr": {"et": SOON, "adfq": PROVIDER, "suid": 32, "tgis": [IN_CSE]}}
    with Psk(d.maf_psk_port, MAF, (km_id, km)) as c:
        c.send(request("POST", "/-", MAF, body=key, ty=5, origin=CSE_1))
        c.process.stdin.close()  # the client sends it, says goodbye and closes
        c.process.wait(10)
    time.sleep(0.2)
    check(d.daemon.poll() is None, "the daemon lives")
    is_well(d, "after a peer left while its request was being decided")


def load(d, stop, errors):
    while not stop.is_set():
        try:
            with d.as_device_1() as c:
                for _ in range(5):
                    if c.ask("GET", "/-") is None:
                        break
                c.ask("POST", "/-", body=KEY, ty=5)
        except OSError as e:
            errors.append(e)
            time.sleep(0.01)


def under_load(d, then):
    stop, errors = threading.Event(), []
    threads = [threading.Thread(target=load, args=(d, stop, errors)) for _ in range(4)]
    for t in threads:
        t.start()
    time.sleep(0.3)
    then()
    stop.set()
    for t in threads:
        t.join()
    return errors


def hang_up(d, times=20):
    for n in range(times):
        before = d.log().count("reloaded")
        d.daemon.send_signal(signal.SIGHUP)
        wait_until(lambda: d.log().count("reloaded") > before, 5, f"reload {n}")


def reloads(d):
    with d.as_device_1() as old:
        check_equal(old.ask("GET", "/-").rsc, 2000, "a connection of before")
        errors = under_load(d, lambda: hang_up(d))
        check_equal(errors, [], "twenty reloads under load disturb nobody")
        check_equal(old.ask("GET", "/-").rsc, 2000, "nor one that began before them")
    check("too many" not in d.log(), "there may be many reloads")


def bad_reload(d):
    """All or nothing: neither half of a broken pair is taken, wherever it is."""
    for name in ("tls/maf.pem", "tls/in-cse.key", "ca/provider-ca.pem", "tls/mef.pem"):
        with open(d.path(name), encoding="ascii") as f:
            good = f.read()
        with open(d.path(name), "w", encoding="ascii") as f:
            f.write("no certificate\n")
        before = d.log().count("reload failed")
        d.daemon.send_signal(signal.SIGHUP)
        wait_until(lambda: d.log().count("reload failed") > before, 5, f"the daemon says that {name} is bad")
        with open(d.path(name), "w", encoding="ascii") as f:
            f.write(good)
        is_well(d, f"after a reload with a bad {name}")
        check_equal(associated(d), True, f"after a reload with a bad {name} an association works")
    hang_up(d, 1)


def associated(d):
    return d.run("ae", "associate", "--ae", f"{CSE_1}/Csensor", "--to", IN_CSE, "--config", d.node(1)).returncode == 0


def cpu_s(d):
    with open(f"/proc/{d.daemon.pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def few_descriptors(d):
    """Threat row DOS-9: none left is no spin, and passes."""
    many = []
    for _ in range(80):
        s = socket.create_connection(("127.0.0.1", d.mef_psk_port), 5)
        s.sendall(b"\x16")
        many.append(s)
    before = cpu_s(d)
    time.sleep(2)
    check(cpu_s(d) - before < 1, f"the daemon does not spin: {cpu_s(d) - before:.2f} s of 2")
    for s in many:
        reset(s)
    time.sleep(0.3)
    is_well(d, "after descriptors ran out")
    check(associated(d), "and associations work")


def main():
    with Deployment(start=False) as d:
        d.start_cse()
        d.start()
        leaves_while_committing(d)
        d.cli("node", "bootstrap", "--config", d.node(1))
        for part in (cut_everywhere, half_requests, parked, reloads, bad_reload):
            started = time.monotonic()
            part(d)
            print(f"{part.__name__}: {time.monotonic() - started:.1f} s", flush=True)
        for _ in range(2):
            ended = []
            under_load(d, lambda: ended.append(d.stop()))
            check_equal(ended, [0], "SIGTERM under load ends it well")
            d.start()
        check_equal(d.stop(), 0, "the daemon ends well")
        limits = (64, 64)
        d.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits))
        few_descriptors(d)
        check_equal(d.stop(), 0, "and with few descriptors")


if __name__ == "__main__":
    main()
    finish("system/hostile_vanishing")
