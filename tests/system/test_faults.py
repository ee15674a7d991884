#!/usr/bin/env python3
"""Disks that are full or read-only, keys that do not fit, databases that were changed: nothing is
acknowledged that is not kept, and every refusal says what it is about."""
import base64
import os
import resource
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness
from harness import PROVIDER, SOON, Deployment, check, check_equal, finish

NOBODY = 65534


def register(d):
    with d.as_device_1() as c:
        return c.ask("POST", "/-", body={"sec:mecr": {"et": SOON, "adfq": PROVIDER}}, ty=4)


def key(c):
    return c.ask("POST", "/-", body={"sec:skr": {"et": SOON, "adfq": PROVIDER, "suid": 24, "kv": fresh(),
                                                 "tgis": [f"//{PROVIDER}/in-cse"]}}, ty=5)


def fresh():
    return base64.b64encode(os.urandom(32)).decode()


def full_disk(d):
    """A limit on file size stands for the full disk: writes fail, the process lives."""
    check_equal(register(d).rsc, 2001, "there is room first")
    wal = d.path("state/handfast.db-wal")
    size = max(os.path.getsize(wal) if os.path.exists(wal) else 0, os.path.getsize(d.path("state/handfast.db")))
    limit(d, size)
    refused = acknowledged = 0
    with d.as_device_1() as c:
        for _ in range(60):
            answer = key(c)
            if answer is None:
                break
            acknowledged += answer.rsc == 2001
            refused += answer.rsc >= 5000
            if refused >= 3:
                break
    check(refused > 0, f"a full disk is told: {refused} refused, {acknowledged} taken")
    check(d.daemon.poll() is None, "the daemon lives on")
    with d.as_device_1() as c:
        check_equal(c.ask("GET", "/-").rsc, 2000, "and reads")
    limit(d, resource.RLIM_INFINITY)
    with d.as_device_1() as c:
        answer = key(c)
        check(answer is not None and answer.rsc == 2001, f"with room again it writes: {answer}")
    check_equal(len(d.operator("list", "keys")), acknowledged + 1, "what was acknowledged is there, and no more")
    check_equal(d.operator("audit", "check")["intact"], True, "the audit trail is whole")


def limit(d, size):
    resource.prlimit(d.daemon.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def wrong_root_key(d):
    other = os.path.join(d.work, "other")
    d.cli("init", other, "--provider", PROVIDER, "--port-base", "23990")
    keep = os.path.join(d.work, "keep")
    shutil.copytree(d.path("secret"), keep)
    for name in ("root.sealed", "passphrase"):
        shutil.copy(f"{other}/secret/{name}", d.path(f"secret/{name}"))
    refused(d, "another root key")
    shutil.copy(f"{keep}/root.sealed", d.path("secret/root.sealed"))
    refused(d, "another passphrase")
    shutil.copy(f"{keep}/passphrase", d.path("secret/passphrase"))
    with open(d.path("secret/root.sealed"), "r+b") as f:
        f.seek(-1, os.SEEK_END)
        last = f.read(1)
        f.seek(-1, os.SEEK_END)
        f.write(bytes([last[0] ^ 1]))
    refused(d, "a sealed file that was changed")
    shutil.copy(f"{keep}/root.sealed", d.path("secret/root.sealed"))
    os.remove(d.path("secret/passphrase"))
    refused(d, "no passphrase")
    shutil.copy(f"{keep}/passphrase", d.path("secret/passphrase"))
    os.chmod(d.path("secret/passphrase"), 0o600)


def refused(d, what):
    r = subprocess.run([f"{harness.BIN}/handfastd", "--config", d.config], capture_output=True, text=True, timeout=60)
    check(r.returncode in (1, 78), f"{what} is refused: exit {r.returncode}")
    check(r.stderr.strip() != "" and "Sanitizer" not in r.stderr, f"{what} is told: {r.stderr[-300:]}")
    check(d.run("list", "nodes", "--config", d.config).returncode in (1, 78), f"the commands refuse {what} as well")


def changed_database(d):
    path = d.path("state/handfast.db")
    keep = os.path.join(d.work, "handfast.db")
    shutil.copy(path, keep)
    subprocess.run(["sqlite3", path, "UPDATE audit SET act='nothing' WHERE id = 1"], check=True)
    r = d.run("audit", "check", "--config", d.config)
    check_equal(r.returncode, 1, f"a changed audit record is found: {r.stdout}{r.stderr}")
    shutil.copy(keep, path)
    check_equal(d.run("audit", "check", "--config", d.config).returncode, 0, "and only then")
    subprocess.run(["sqlite3", path, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)"], check=True)
    check_equal(d.run("audit", "check", "--config", d.config).returncode, 1, "so is one that was cut off")
    with open(path, "r+b") as f:
        f.write(b"no database at all")
    refused(d, "a file that is no database")
    shutil.copy(keep, path)


def read_only(d):
    """Root writes anywhere, so that the daemon is started as nobody where we are root."""
    options = {}
    if os.geteuid() == 0:
        bins = os.path.join(d.work, "bin")
        shutil.copytree(harness.BIN, bins, ignore=lambda _, names: [n for n in names if not n.startswith("handfast")])
        harness.BIN = bins
        for folder, names, files in os.walk(d.work):
            for name in [folder] + [os.path.join(folder, n) for n in names + files]:
                os.chown(name, NOBODY, NOBODY)
        options = {"user": NOBODY, "group": NOBODY}
    for name in os.listdir(d.path("state")):
        os.chmod(d.path(f"state/{name}"), 0o400)
    os.chmod(d.path("state"), 0o500)
    r = subprocess.run([f"{harness.BIN}/handfastd", "--config", d.config], capture_output=True, text=True,
                       timeout=60, **options)
    check(r.returncode in (1, 78), f"a read-only database is refused: exit {r.returncode}")
    check(r.stderr.strip() != "" and "Sanitizer" not in r.stderr, f"and told: {r.stderr[-300:]}")
    os.chmod(d.path("state"), 0o700)
    for name in os.listdir(d.path("state")):
        os.chmod(d.path(f"state/{name}"), 0o600)


def main():
    with Deployment(start=False) as d:
        # SIGXFSZ stays ignored, as Python has it: a full disk raises no signal.
        d.start(restore_signals=False)
        full_disk(d)
        check_equal(d.stop(), 0, "the daemon ends well")
        wrong_root_key(d)
        changed_database(d)
        d.start()
        with d.as_device_1() as c:
            check_equal(c.ask("GET", "/-").rsc, 2000, "with everything in place it starts again")
        check_equal(d.stop(), 0, "and ends well")
        read_only(d)


if __name__ == "__main__":
    main()
    finish("system/faults")
