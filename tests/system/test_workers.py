#!/usr/bin/env python3
"""Two workers under load and through a reload; built with the thread sanitizer, what they share by mistake."""
import json
import os
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import BIN, MAF, PROVIDER, SOON, Deployment, check, check_equal, finish

SUITE = "NONE:+VERS-TLS1.2:+ECDHE-PSK:+CHACHA20-POLY1305:+AEAD:+GROUP-X25519:+COMP-NULL:+SIGN-ALL"
CLIENTS, CONNECTIONS = 32, 2000


def write_request(d):
    body = json.dumps({"sec:skr": {"et": SOON, "adfq": PROVIDER, "suid": 32, "tgis": [f"//{PROVIDER}/in-cse"]}})
    head = ["POST /- HTTP/1.1", f"Host: {MAF}", f"X-M2M-Origin: //{PROVIDER}/b%N", "X-M2M-RI: %R", "X-M2M-RVI: 3",
            "Content-Type: application/vnd.onem2m-res+json; ty=5", "Connection: close", f"Content-Length: {len(body)}"]
    path = os.path.join(d.work, "request")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("\r\n".join(head) + "\r\n\r\n" + body)
    return path


def load(d, request):
    r = subprocess.run([f"{BIN}/bench_load", "connect", str(d.maf_psk_port), "--psk", MAF, "--sni", MAF, "--priority", SUITE,
                        "--request", request, "--clients", str(CLIENTS), "--count", str(CONNECTIONS)],
                       capture_output=True, text=True, timeout=300)
    seen = json.loads(r.stdout.splitlines()[0])
    check_equal((seen["ops"], seen["errors"]), (CONNECTIONS, 0), f"every registration is answered 201 {r.stderr}")


def main():
    with Deployment(start=False) as d:
        text = open(d.config, encoding="utf-8").read()
        with open(d.config, "w", encoding="utf-8") as f:
            f.write(re.sub(r"^workers:.*$", "workers: 2", text, flags=re.M))
        d.start()
        r = subprocess.run([f"{BIN}/bench_populate", d.config, "maf"], capture_output=True, text=True, timeout=120)
        check_equal(r.returncode, 0, f"64 nodes are known to the MAF {r.stderr}")
        request = write_request(d)
        load(d, request)
        d.daemon.send_signal(signal.SIGHUP)
        load(d, request)
        listed = d.operator("list", "keys")
        check_equal(len(listed), 2 * CONNECTIONS, "every key that was acknowledged is there")
        check(d.stop() == 0, "the daemon ends in order, and no sanitizer complains")
    finish("system/workers")


main()
