#!/usr/bin/env python3
"""What the README shows works as it stands there: its commands, its configuration, its lines of C, the
device example, and its links."""
import os
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import check, check_equal, finish, take_ports

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BIN = os.path.abspath(os.environ["BIN"])


def blocks(kind):
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
        return re.findall(rf"```{kind}\n(.*?)```", f.read(), re.S)


def links():
    for name in ("README.md", "ARCHITECTURE.md", "SECURITY.md", "docs/conformance.md"):
        with open(os.path.join(ROOT, name), encoding="utf-8") as f:
            text = f.read()
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            check(os.path.exists(os.path.join(ROOT, os.path.dirname(name), link)), f"{name} leads to {link}")
        for path in re.findall(r"`((?:man|tests|docs|scripts|tools|bench)/[\w./-]*\w)`", text):
            check(os.path.exists(os.path.join(ROOT, path)), f"{name} names {path}")


def commands():
    """Every command, on ports of our own, waiting for the daemon, and ending it; all else as it stands there."""
    first, then = blocks("sh")
    check_equal(len(first.strip().splitlines()), 5, "there are five commands")
    base, lock = take_ports()
    first = first.replace("--provider sp.example", f"--provider sp.example --port-base {base}")
    first = first.replace("yaml &\n", f"yaml & daemon=$!\nuntil (exec 3<>/dev/tcp/127.0.0.1/{base}) 2>/dev/null; "
                                      "do sleep 0.1; done\n")
    then = then.replace("mini-cse 8080 &\n", f"mini-cse {base + 5} & cse=$!\n")
    # A device written in C takes the same credential, after its command and before it is revoked.
    device = f"(cd sp/factory/device-1 && example-device {base})\n"
    then = then.replace("handfast list keys", device + "handfast list keys")
    script = (f"set -e\nexport PATH={shlex.quote(BIN)}:$PATH\ntrap 'kill $cse $daemon; wait' EXIT\n" + first + then)
    with tempfile.TemporaryDirectory(prefix="handfast-test.") as folder:
        r = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120)
        check_equal(r.returncode, 0, f"they work: {r.stdout}{r.stderr}")
        for words in ("SecureConnectionID", "In force", "Imported     2", '{"m2m:cb":{"ty":5,"ri":"cb0","rn":"in-cse"',
                      "0.2.481.1.100.3030.10011 is //sp.example/asn-1", "200 2000 over TLS1.2",
                      "Audit trail intact  yes"):
            check(words in r.stdout, f"they tell {words}: {r.stdout}")
        check("200 X-M2M-RSC 2000, TLS1.2 ECDHE-PSK CHACHA20-POLY1305" in r.stderr, f"and {r.stderr}")
        configuration(os.path.join(folder, "sp"))
    lock.close()


def configuration(provider):
    """The gateway's section in place of the one that init made."""
    path = os.path.join(provider, "handfast.yaml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(re.sub(r"^gateway:\n(?: .*\n)*", "", text, flags=re.M) + blocks("yaml")[0])
    for option in ("--check", "--show-config"):
        r = subprocess.run([f"{BIN}/handfastd", "--config", path, option], capture_output=True, text=True, timeout=60)
        check_equal(r.returncode, 0, f"its configuration passes {option}: {r.stderr}")


def lines_of_c():
    """Results are left unchecked there, for brevity, which is a warning elsewhere."""
    text = ("#include <handfast/handfast.h>\nvoid f(struct hf_device *device);\nvoid f(struct hf_device *device)\n{\n"
            "struct hf_task *task;\nstruct hf_session *session;\n" + blocks("c")[0] + "}\n")
    r = subprocess.run(["cc", "-std=c17", "-Wall", "-Wno-unused-result", "-fsyntax-only", f"-I{ROOT}/include", "-x", "c",
                        "-"], input=text, capture_output=True, text=True, timeout=60)
    check_equal((r.returncode, r.stderr), (0, ""), "its lines of C compile")


if __name__ == "__main__":
    links()
    lines_of_c()
    commands()
    finish("system/readme")
