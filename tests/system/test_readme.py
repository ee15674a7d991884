#!/usr/bin/env python3
"""The README's five commands do what it says, and its links lead somewhere."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import check, check_equal, finish, take_ports

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def links():
    for name in ("README.md", "ARCHITECTURE.md", "SECURITY.md"):
        with open(os.path.join(ROOT, name), encoding="utf-8") as f:
            text = f.read()
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            check(os.path.exists(os.path.join(ROOT, link)), f"{name} leads to {link}")
        for path in re.findall(r"`((?:man|tests|docs|scripts|tools|bench)/[\w./-]+)`", text):
            check(os.path.exists(os.path.join(ROOT, path)), f"{name} names {path}")


def five_commands():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
        commands = re.search(r"```sh\n(.*?)```", f.read(), re.S).group(1)
    check_equal(len(commands.strip().splitlines()), 5, "there are five commands")
    base, lock = take_ports()
    # On ports of our own, waiting for the daemon, and ending it; all else as it stands there.
    commands = commands.replace("--provider sp.example", f"--provider sp.example --port-base {base}")
    commands = commands.replace("yaml &\n", f"yaml & daemon=$!\nuntil (exec 3<>/dev/tcp/127.0.0.1/{base}) 2>/dev/null; "
                                            "do sleep 0.1; done\n")
    script = f"set -e\nexport PATH={os.path.abspath(os.environ['BIN'])}:$PATH\ntrap 'kill $daemon; wait $daemon' EXIT\n"
    with tempfile.TemporaryDirectory(prefix="handfast-test.") as folder:
        r = subprocess.run(["bash", "-c", script + commands], cwd=folder, capture_output=True, text=True, timeout=120)
    check_equal(r.returncode, 0, f"they work: {r.stdout}{r.stderr}")
    for words in ("SecureConnectionID", "In force", "Imported     2"):
        check(words in r.stdout, f"they tell {words}")
    lock.close()


if __name__ == "__main__":
    links()
    five_commands()
    finish("system/readme")
