#!/usr/bin/env python3
"""kill -9 at random points under load: what was acknowledged is there, what was ended stays ended.

    tests/system/test_crash.py [--kills 200] [--seed N]    (invariant G4, threat row STO-5)
"""
import argparse
import base64
import os
import random
import ssl
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness
from harness import PROVIDER, SOON, Deployment, check, check_equal, finish

CLIENTS, LIVE_MAX, LOOK_EVERY = 4, 20, 10


class Ledger:
    """What the daemon has acknowledged. A request without an answer may have either outcome."""

    def __init__(self):
        self.lock = threading.Lock()
        self.live, self.ended, self.unsure = set(), set(), set()
        self.acknowledged = 0

    def created(self, name):
        with self.lock:
            self.live.add(name)
            self.acknowledged += 1

    def deleting(self, name):
        with self.lock:
            self.live.discard(name)
            self.unsure.add(name)

    def deleted(self, name):
        with self.lock:
            self.unsure.discard(name)
            self.ended.add(name)
            self.acknowledged += 1


def register(d):
    with d.as_device_1() as c:
        answer = c.ask("POST", "/-", body={"sec:mecr": {"et": SOON, "adfq": PROVIDER}}, ty=4)
        check_equal(answer.rsc, 2001, "the client registers")


def load(d, ledger, stop):
    """One client: registers key values and ends old ones until the daemon dies."""
    mine = []
    try:
        with d.as_device_1() as c:
            while not stop.is_set():
                key = {"et": SOON, "adfq": PROVIDER, "suid": 24,
                       "kv": base64.b64encode(os.urandom(32)).decode(), "tgis": [f"//{PROVIDER}/in-cse"]}
                answer = c.ask("POST", "/-", body={"sec:skr": key}, ty=5)
                if answer is None:
                    return
                if answer.rsc != 2001:
                    print(f"unexpected: {answer}", flush=True)
                    return
                name = answer.content()["ri"]
                ledger.created(name)
                mine.append(name)
                if len(mine) > LIVE_MAX:
                    oldest = mine.pop(0)
                    ledger.deleting(oldest)
                    answer = c.ask("DELETE", f"/{oldest}")
                    if answer is None:
                        return
                    check_equal(answer.rsc, 2002, "a key of one's own may be ended")
                    ledger.deleted(oldest)
    except (OSError, ssl.SSLError):
        pass


def end_all(d, ledger):
    """Makes room under the quota before the next round; acknowledged as anything else is."""
    with d.as_device_1() as c:
        for name in sorted(ledger.live)[:-LIVE_MAX]:
            ledger.deleting(name)
            answer = c.ask("DELETE", f"/{name}")
            if check(answer is not None and answer.rsc == 2002, f"an acknowledged key can be ended: {answer}"):
                ledger.deleted(name)


def look(d, ledger):
    states = {k["relative_id"]: k["state"] for k in d.operator("list", "keys")}
    lost = [n for n in ledger.live if states.get(n) != "live"]
    risen = [n for n in ledger.ended if states.get(n) == "live"]
    gone = [n for n in ledger.unsure if n not in states]
    check_equal(len(lost), 0, "no acknowledged key is lost")
    check_equal(len(risen), 0, "no ended key is back")
    check_equal(len(gone), 0, "no key that was ended leaves without a trace")
    check_equal(d.operator("audit", "check")["intact"], True, "the audit trail is whole")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=int(os.environ.get("KILLS", "200")))
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--bin")
    options = options.parse_args()
    if options.bin:
        harness.BIN = options.bin
    print(f"seed {options.seed}")
    chance = random.Random(options.seed)
    ledger = Ledger()
    with Deployment(start=False) as d:
        d.start()
        register(d)
        d.kill()
        for kill in range(1, options.kills + 1):
            d.start()
            end_all(d, ledger)
            stop = threading.Event()
            clients = [threading.Thread(target=load, args=(d, ledger, stop)) for _ in range(CLIENTS)]
            for c in clients:
                c.start()
            time.sleep(chance.uniform(0.01, 0.5))
            d.kill()
            stop.set()
            for c in clients:
                c.join()
            if kill % LOOK_EVERY == 0 or kill == options.kills:
                look(d, ledger)
        d.start()
        check_equal(d.stop(), 0, "after all of it the daemon starts and ends well")
        print(f"{options.kills} kills, {ledger.acknowledged} acknowledged")
        check(ledger.acknowledged > options.kills, "there was load")


if __name__ == "__main__":
    main()
    finish("system/crash")
