#!/usr/bin/env python3
"""The operator's commands beside a running daemon: init, import, list, revoke, configuration."""
import json
import os
import secrets
import stat
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import DEVICE_1, MEF, PROVIDER, Deployment, check, check_equal, finish

OK, FAILED, USAGE, CONFIGURATION = 0, 1, 2, 78
MANY = 5000


def write(path, text, mode=0o600):
    with open(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode), "w", encoding="utf-8") as f:
        f.write(text)
    os.chmod(path, mode)
    return path


def inits(d):
    modes = {"handfast.yaml": 0o644, "secret/passphrase": 0o600, "secret/root.sealed": 0o600, "tls/mef.key": 0o600,
             "ca/provider-ca.key": 0o600, "factory/devices.jsonl": 0o600, "factory/device-2/kpm.key": 0o600,
             "factory/device-1/device.key": 0o600, "state": 0o700, "secret": 0o700}
    for name, mode in modes.items():
        check_equal(oct(stat.S_IMODE(os.stat(d.path(name)).st_mode)), oct(mode), f"the mode of {name}")
    before = open(d.config, encoding="utf-8").read()
    r = d.run("init", d.dir, "--provider", PROVIDER)
    check_equal(r.returncode, FAILED, "init overwrites nothing")
    check_equal(open(d.config, encoding="utf-8").read(), before, "and touches nothing")
    for arguments in (["init"], ["init", "x"], ["init", "x", "--provider", "nodots"],
                      ["init", "x", "--provider", "sp.example", "--port-base", "65535"],
                      ["init", "x", "--provider", "sp.example", "--port-base", "1e3"],
                      ["init", "x", "y", "--provider", "sp.example"], ["init", "x", "--colour"]):
        check_equal(d.run(*arguments).returncode, USAGE, f"{arguments} is a usage error")
    r = d.run("init", os.path.join(d.work, "no/such/folder"), "--provider", PROVIDER)
    check_equal(r.returncode, FAILED, "a folder that cannot be made is told")
    left = [n for n in os.listdir(d.work) if n.startswith("provider.")]
    check_equal(left, [], "nothing half-made is left")
    r = d.run("--config", d.config, "--check", program="handfastd")
    check_equal(r.returncode, OK, f"what init makes is a good configuration: {r.stderr}")


def imports(d):
    path = os.path.join(d.work, "devices")
    good = {"credential": "device:0.2.481.1.7.1", "node_id": "n1", "cse_id": f"//{PROVIDER}/m-1"}
    lines = [json.dumps(good), json.dumps({**good, "credential": "device:x"}), "{", "",
             json.dumps({**good, "credential": "device:0.2.481.1.7.2", "node_id": "n2"}),
             json.dumps({**good, "credential": f"device:{DEVICE_1}", "node_id": "n3", "cse_id": f"//{PROVIDER}/m-3"})]
    r = d.run("device", "import", write(path, "\n".join(lines) + "\n"), "--config", d.config)
    check_equal(r.returncode, FAILED, "a file with bad lines is refused")
    named = [line.split(":")[1] for line in r.stderr.splitlines() if line.startswith(path)]
    check_equal(named, ["2", "3", "5"], "every line that is bad by itself is named")
    check_equal(len(d.operator("list", "nodes")), 2, "and nothing is imported")
    r = d.run("device", "import", write(path, "\n".join([lines[0], lines[5]])), "--config", d.config)
    check_equal([line.split(":")[1] for line in r.stderr.splitlines() if line.startswith(path)], ["2"],
                "so is a line that the store refuses")
    check_equal(len(d.operator("list", "nodes")), 2, "and the good one beside it is taken back")
    r = d.run("device", "import", write(path, lines[0] + "\n"), "--config", d.config, "--check")
    check_equal((r.returncode, len(d.operator("list", "nodes"))), (OK, 2), "--check imports nothing")
    d.cli("device", "import", path, "--config", d.config)
    check_equal(len(d.operator("list", "nodes")), 3, "a good file is imported")
    for text in ("", "\n\n", "node_id,credential\n"):
        r = d.run("device", "import", write(path, text), "--config", d.config)
        check_equal(r.returncode, FAILED, f"a file without devices is refused: {text!r}")
    r = d.run("device", "import", os.path.join(d.work, "none"), "--config", d.config)
    check_equal(r.returncode, FAILED, "so is one that is not there")
    r = d.run("device", "import", d.work, "--config", d.config)
    check_equal(r.returncode, FAILED, "so is a folder")
    write(path, "a" * 40000 + "\n" + lines[0] + "\n")
    r = d.run("device", "import", path, "--config", d.config)
    check("longer than 32 KiB" in r.stderr, "a line without end is named")


def imports_keys(d):
    path = os.path.join(d.work, "keys.csv")
    key = secrets.token_hex(32)
    header = "kpm_id,kpm,node_id,cse_id\n"
    line = f"k1@{MEF},{key},k1,//{PROVIDER}/k-1\n"
    r = d.run("device", "import", write(path, header + line, 0o644), "--config", d.config)
    check_equal(r.returncode, FAILED, "keys in a file that others may read are refused (threat row HOST-2)")
    check(key not in r.stderr + r.stdout, "without showing them")
    d.cli("device", "import", write(path, header + line), "--config", d.config)
    r = d.run("device", "import", write(path, header + line.replace("k1", "k2").replace("k-1", "k-2")), "--config",
              d.config)
    check_equal(r.returncode, FAILED, "a key that another device has is refused (threat row PSK-4)")
    check("in use" in r.stderr and "k1" not in r.stderr.replace(path, ""), "without telling whose it is")
    weak = f"k3@{MEF},{'00' * 32},k3,//{PROVIDER}/k-3\n"
    r = d.run("device", "import", write(path, header + weak), "--config", d.config)
    check_equal(r.returncode, FAILED, "a weak key is refused (threat row PSK-3)")
    listed = d.operator("list", "credentials", "--node", "k1")
    check_equal([c["credential_id"] for c in listed], [f"10-k1@{MEF}"], "what was imported is listed")
    check(key not in json.dumps(listed), "without its key")
    d.operator("revoke", "credential", f"10-k1@{MEF}")
    r = d.run("device", "import", write(path, header + line), "--config", d.config)
    check_equal(r.returncode, FAILED, "a revoked credential is never taken again (threat row KM-13)")


def imports_many(d):
    path = os.path.join(d.work, "many.jsonl")
    lines = [json.dumps({"kpm_id": f"m{n}@{MEF}", "kpm": secrets.token_hex(16), "node_id": f"many-{n}",
                         "cse_id": f"//{PROVIDER}/many-{n}"}) for n in range(MANY)]
    write(path, "\n".join(lines))
    before = len(d.operator("list", "nodes"))
    told = d.json("device", "import", path, "--config", d.config)
    check_equal(told["imported"], MANY, "thousands are imported at once")
    check_equal(len(d.operator("list", "nodes")), before + MANY, "and listed, one array")
    text = d.cli("list", "nodes", "--config", d.config)
    check_equal(sum("many-" in line for line in text.splitlines()), MANY, "people see all of them as well")
    with d.as_device_1() as c:
        check_equal(c.ask("GET", "/-").rsc, 2000, "the daemon serves beside it")


def lists_and_revokes(d):
    for what in ("nodes", "credentials", "registrations", "keys"):
        check(isinstance(d.operator("list", what), list), f"list {what} is an array")
        check_equal(d.run("list", what, "--config", d.config).returncode, OK, f"list {what} is for people too")
    check_equal(d.run("list", "things", "--config", d.config).returncode, USAGE, "there are no things")
    for what, name in (("node", "nobody"), ("credential", "10-x@y.example"), ("registration", "0" * 32),
                       ("key", "0" * 32)):
        r = d.run("revoke", what, name, "--config", d.config)
        check_equal(r.returncode, FAILED, f"revoking a {what} that is not there is refused")
        check("do:" in r.stderr, "with what to do")
    check_equal(d.operator("revoke", "node", "n1")["revoked"], 1, "a node is revoked")
    check_equal(d.operator("revoke", "node", "n1")["revoked"], 0, "once")
    check_equal({c["state"] for c in d.operator("list", "credentials", "--node", "n1")}, {"revoked"},
                "and its credentials with it")
    r = d.run("revoke", "key", "a b", "--config", d.config)
    check_equal(r.returncode, USAGE, "what is no identifier is a usage error")
    check_equal(d.operator("audit", "check")["intact"], True, "the audit trail is whole")


CONFIGURATIONS = [
    ("an unknown option", "provider: sp.example\n", "provider: sp.example\ncolour: red\n", ":3:"),
    ("an option twice", "workers: 1\n", "workers: 1\nworkers: 2\n", None),
    ("a port that is none", "psk_port: ", "psk_port: 7", None),
    ("a file that is not there", "tls/mef.pem", "tls/none.pem", None),
    ("a bad identifier", "in_cse: //", "in_cse: ", ":3:"),
    ("a bad address", "listen: 127.0.0.1", "listen: localhost", None),
    ("a tabulator", "workers: 1", "\tworkers: 1", None),
    ("an alias", "workers: 1", "workers: &a 1", None),
    ("no provider", "provider: sp.example\n", "", None),
    ("zero workers", "workers: 1", "workers: 0", None),
]


def configurations(d):
    with open(d.config, encoding="utf-8") as f:
        good = f.read()
    path = d.path("bad.yaml")
    for what, old, new, place in CONFIGURATIONS:
        check(old in good, f"the pattern of {what} is there")
        write(path, good.replace(old, new, 1))
        r = d.run("--config", path, "--check", program="handfastd")
        check_equal(r.returncode, CONFIGURATION, f"{what} is a configuration error: {r.stderr}")
        check(path in r.stderr or "tls/none.pem" in r.stderr, f"{what} is named with its file: {r.stderr}")
        if place:
            check(f"bad.yaml{place}" in r.stderr, f"and line: {r.stderr}")
    check_equal(d.run("list", "nodes", "--config", path).returncode, CONFIGURATION, "commands say the same")
    check_equal(d.run("list", "nodes", "--config", d.path("none.yaml")).returncode, CONFIGURATION, "no file, too")
    r = d.run("--config", d.config, "--show-config", program="handfastd")
    check_equal(r.returncode, OK, "the effective configuration is shown")
    write(path, r.stdout)
    check_equal(d.run("--config", path, "--check", program="handfastd").returncode, OK, "and is one itself")
    passphrase = d.path("secret/passphrase")
    os.chmod(passphrase, 0o644)
    check_equal(d.run("list", "nodes", "--config", d.config).returncode, CONFIGURATION,
                "a passphrase that others may read is refused")
    os.chmod(passphrase, 0o600)


def main():
    with Deployment() as d:
        for part in (inits, imports, imports_keys, imports_many, lists_and_revokes, configurations):
            part(d)
        check_equal(d.stop(), 0, "the daemon ends well")


if __name__ == "__main__":
    main()
    finish("system/operator")
