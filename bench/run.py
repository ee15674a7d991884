#!/usr/bin/env python3
"""Runs every benchmark and writes build/bench.json; bench/README.md says what each figure is.

usage: bench/run.py BUILD-FOLDER [--quick] [--only WORD]
"""
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
BIN = os.path.join(BUILD, "bin")
QUICK = "--quick" in sys.argv
ONLY = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
ROUNDS = 3 if QUICK else 7
OPS = 2000 if QUICK else 8000
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
PROVIDER = "sp.example"
SUITES = {
    "psk-cbc": "NONE:+VERS-TLS1.2:+PSK:+AES-128-CBC:+SHA256:+COMP-NULL:+SIGN-ALL:%FORCE_ETM",
    "ecdhe-psk": "NONE:+VERS-TLS1.2:+ECDHE-PSK:+CHACHA20-POLY1305:+AEAD:+GROUP-X25519"
                 ":+COMP-NULL:+SIGN-ALL",
    "mutual": "NONE:+VERS-TLS1.2:+ECDHE-ECDSA:+AES-128-GCM:+AEAD:+GROUP-X25519"
              ":+GROUP-SECP256R1:+COMP-NULL:+SIGN-ECDSA-SHA256",
}
figures = []


def figure(name, kind, values, unit, target, better):
    """One row of the table: the median of the rounds, with their spread."""
    row = {"name": name, kind: round(statistics.median(values), 4), "unit": unit, "target": target,
           "better": better, "median": round(statistics.median(values), 4),
           "min": round(min(values), 4), "max": round(max(values), 4), "rounds": len(values)}
    figures.append(row)
    if target is None:
        verdict = ""
    else:
        good = row[kind] >= target if better == "higher" else row[kind] <= target
        verdict = f"target {target:g}  {'met' if good else 'MISSED'}"
    print(f"{name:<44} {row[kind]:>10.3f} {unit:<10} [{row['min']:.3f} .. {row['max']:.3f}]  "
          f"{verdict}", flush=True)


def note(line):
    print("    " + line, flush=True)


def cpu_s(pid):
    """User and system time of every thread of a process, in seconds, from the scheduler."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as f:
            total += int(f.read().split()[0])
    return total / 1e9


def memory_kib(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))


def wait_for_port(port, process, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"a server ended with {process.returncode} before it was ready")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.002)
    raise SystemExit(f"port {port} does not answer")


class Server:
    """A process under test, pinned; ended by its process id."""

    def __init__(self, arguments, port, cores):
        self.port = port
        self.log = tempfile.TemporaryFile()
        began = time.monotonic()
        self.process = subprocess.Popen(arguments, stdout=self.log, stderr=self.log,
                                        preexec_fn=lambda: os.sched_setaffinity(0, cores))
        wait_for_port(port, self.process)
        self.start_s = time.monotonic() - began
        self.pid = self.process.pid
        self.credential = []  # the client's, where the two servers take different ones

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Deployment:
    """A fresh state folder with a configuration on ports of its own."""

    def __init__(self, workers=1):
        self.folder = tempfile.mkdtemp(prefix="handfast-bench-")
        self.base = free_port_base()
        self.home = os.path.join(self.folder, "sp")
        run([f"{BIN}/handfast", "init", self.home, "--provider", PROVIDER,
             "--port-base", str(self.base)])
        self.config = os.path.join(self.home, "handfast.yaml")
        self.edit(r"^workers:.*$", f"workers: {workers}")
        self.edit(r"^log_level:.*$", "log_level: error")
        self.mef_certificate, self.mef_psk, self.maf_certificate, self.maf_psk, self.gateway = (
            self.base + i for i in range(5))

    def edit(self, pattern, replacement):
        with open(self.config) as f:
            text = f.read()
        with open(self.config, "w") as f:
            f.write(re.sub(pattern, replacement, text, flags=re.M))

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def populate(self, *arguments):
        return run([f"{BIN}/bench_populate", self.config, *arguments])

    def start(self, cores=None):
        return Server([f"{BIN}/handfastd", "--config", self.config], self.maf_psk,
                      cores or {SERVER_CORE})

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def run(arguments):
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr or done.stdout}")
    return done.stdout


def free_port_base():
    for base in range(30000, 60000, 16):
        sockets = []
        try:
            for port in range(base, base + 8):
                s = socket.socket()
                sockets.append(s)
                s.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
        finally:
            for s in sockets:
                s.close()
    raise SystemExit("no free ports")


def write_request(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", newline="") as f:
        f.write(text.replace("\n", "\r\n"))
    return path


def post(host, origin, body, close=True):
    return (f"POST /- HTTP/1.1\nHost: {host}\nX-M2M-Origin: {origin}\nX-M2M-RI: %R\n"
            f"X-M2M-RVI: 3\nContent-Type: application/vnd.onem2m-res+json; ty=5\n"
            + ("Connection: close\n" if close else "") + f"Content-Length: {len(body)}\n\n{body}")


def load(mode, port, *arguments, cores=None):
    done = subprocess.run([f"{BIN}/bench_load", mode, str(port), *arguments], capture_output=True,
                          text=True,
                          preexec_fn=lambda: os.sched_setaffinity(0, cores or {CLIENT_CORE}))
    try:
        result = json.loads(done.stdout.splitlines()[0])
    except (IndexError, ValueError):
        raise SystemExit(f"the load failed: {done.stdout}{done.stderr}")
    if result["errors"] > result["ops"] // 100:
        raise SystemExit(f"too many errors: {result} {done.stderr}")
    return result


def measure(server, mode, *arguments, cores=None):
    """CPU seconds of the server for one operation, and what the client saw."""
    before = cpu_s(server.pid)
    result = load(mode, server.port, *server.credential, *arguments, cores=cores)
    return (cpu_s(server.pid) - before) / max(result["ops"], 1), result


def compare(name, bare, ours, target, mode, arguments, our_port, clients=64, ops=OPS):
    """Rounds interleaved, the bare server and ours in turn: bare over ours."""
    ratios, mine, other = [], [], []
    common = ["--clients", str(clients), "--count", str(ops)]
    ours.port = our_port
    for server in (bare, ours):
        measure(server, mode, *arguments, "--clients", "16", "--count", "500")
    for _ in range(ROUNDS):
        b, b_seen = measure(bare, mode, *arguments, *common)
        o, o_seen = measure(ours, mode, *arguments, *common)
        ratios.append(b / o)
        mine.append((o, o_seen))
        other.append((b, b_seen))
    figure(name, "ratio", ratios, "bare/ours", target, "higher")
    o = sorted(mine, key=lambda m: m[0])[len(mine) // 2]
    b = sorted(other, key=lambda m: m[0])[len(other) // 2]
    note(f"ours {o[0] * 1e6:.1f} us CPU an operation, {o[1]['per_second']:.0f}/s, "
         f"p99 {o[1]['p99_us'] / 1000:.2f} ms; bare {b[0] * 1e6:.1f} us, "
         f"{b[1]['per_second']:.0f}/s, p99 {b[1]['p99_us'] / 1000:.2f} ms")
    return o[0]


def bare_server(mode, suite, *files):
    port = free_port_base()
    return Server([f"{BIN}/bench_bare_server", str(port), mode, SUITES[suite], *files], port,
                  {SERVER_CORE})


def key_body():
    return json.dumps({"sec:skr": {"et": time.strftime("%Y%m%dT%H%M%S",
                                                       time.gmtime(time.time() + 3600)),
                                   "adfq": PROVIDER, "suid": 32,
                                   "tgis": [f"//{PROVIDER}/in-cse"]}}, separators=(",", ":"))


def bench_registration(d):
    request = write_request(d.folder, "register", post(f"maf.{PROVIDER}", f"//{PROVIDER}/b%N",
                                                       key_body()))
    arguments = ["--psk", f"maf.{PROVIDER}", "--sni", f"maf.{PROVIDER}", "--request", request]
    with d.start() as ours:
        for suite, target in (("psk-cbc", 0.70), ("ecdhe-psk", 0.80)):
            with bare_server("psk", suite) as bare:
                compare(f"MAF key registration, {suite}", bare, ours, target, "connect",
                        arguments + ["--priority", SUITES[suite]], d.maf_psk)


def plain_client(d):
    """A certificate like the device's for the bare server: GnuTLS cannot verify ours, whose CA is
    constrained to hardware identifiers, and our server asks nobody to."""
    where = os.path.join(d.folder, "plain")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256"]
    run(["openssl", "req", "-x509", *curve, "-subj", "/CN=CA", "-days", "30", "-keyout",
         f"{where}-ca.key", "-out", f"{where}-ca.pem"])
    run(["openssl", "req", *curve, "-subj", "/CN=device", "-keyout", f"{where}.key", "-out",
         f"{where}.csr"])
    run(["openssl", "x509", "-req", "-in", f"{where}.csr", "-CA", f"{where}-ca.pem", "-CAkey",
         f"{where}-ca.key", "-CAcreateserial", "-days", "30", "-sha256", "-out", f"{where}.pem"])
    return where


def bench_bootstrap(d):
    device, plain = d.path("factory", "device-1"), plain_client(d)
    body = json.dumps({"sec:skr": {"et": time.strftime("%Y%m%dT%H%M%S",
                                                       time.gmtime(time.time() + 3600)),
                                   "adfq": PROVIDER, "suid": 21,
                                   "tgis": [f"//maf.{PROVIDER}"]}}, separators=(",", ":"))
    request = write_request(d.folder, "bootstrap", post(f"mef.{PROVIDER}",
                                                        f"//{PROVIDER}/asn-1", body))
    arguments = ["--sni", f"mef.{PROVIDER}", "--request", request, "--priority", SUITES["mutual"]]
    with d.start() as ours, bare_server("certificate", "mutual", d.path("tls", "mef.pem"),
                                        d.path("tls", "mef.key"), f"{plain}-ca.pem") as bare:
        ours.credential = ["--cert", f"{device}/device.pem", f"{device}/device.key"]
        bare.credential = ["--cert", f"{plain}.pem", f"{plain}.key"]
        compare("MEF certificate bootstrap", bare, ours, 0.85, "connect", arguments,
                d.mef_certificate, ops=OPS // 4)


def retrieval(d):
    key = d.populate("keys", "64").split()[0]
    request = write_request(d.folder, "retrieve",
                            f"GET /{key} HTTP/1.1\nHost: maf.{PROVIDER}\nX-M2M-Origin: "
                            f"//{PROVIDER}/in-cse\nX-M2M-RI: %R\nX-M2M-RVI: 3\n"
                            "Accept: application/json\n\n")
    return ["--cert", d.path("tls", "in-cse.pem"), d.path("tls", "in-cse.key"), "--sni",
            f"maf.{PROVIDER}", "--request", request, "--priority", SUITES["mutual"]]


def bench_retrieval(d):
    arguments = retrieval(d)
    with d.start() as ours, bare_server("certificate", "mutual", d.path("tls", "maf.pem"),
                                        d.path("tls", "maf.key"),
                                        d.path("ca", "provider-ca.pem")) as bare:
        compare("MAF key retrieval, kept alive", bare, ours, 0.6, "keep", arguments,
                d.maf_certificate, ops=OPS * 4)


def bench_workers(d):
    """Two workers on both cores, the client's load on both as well: capacity is cores over CPU time."""
    request = write_request(d.folder, "register", post(f"maf.{PROVIDER}", f"//{PROVIDER}/b%N",
                                                       key_body()))
    arguments = ["--psk", f"maf.{PROVIDER}", "--sni", f"maf.{PROVIDER}", "--request", request,
                 "--priority", SUITES["psk-cbc"], "--clients", "64", "--count", str(OPS)]
    cost = {1: [], 2: []}
    for _ in range(ROUNDS):
        for workers in (1, 2):
            d.edit(r"^workers:.*$", f"workers: {workers}")
            cores = {SERVER_CORE} if workers == 1 else set(CORES[:2])
            with d.start(cores) as ours:
                load_cores = None if workers == 1 else set(CORES[:2])
                seconds, _ = measure(ours, "connect", *arguments, cores=load_cores)
                cost[workers].append(seconds)
    d.edit(r"^workers:.*$", "workers: 1")
    figure("two workers against one, capacity", "ratio",
           [2 * one / two for one, two in zip(cost[1], cost[2])], "x", 1.7, "higher")


def held(d, mode, port, count):
    """Growth of the daemon's memory for each connection held."""
    with d.start() as ours:
        arguments = ["--psk", f"maf.{PROVIDER}", "--sni", f"maf.{PROVIDER}", "--priority",
                     SUITES["ecdhe-psk"], "--clients"]
        before = None
        for clients in (100, count):  # the first fills what is needed once
            holder = subprocess.Popen([f"{BIN}/bench_load", mode, str(port), *arguments,
                                       str(clients), "--source-prefix"],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for line in holder.stdout:
                if line.startswith("holding"):
                    break
            time.sleep(0.3)
            if before is None:
                before = memory_kib(ours.pid)
            else:
                grown = memory_kib(ours.pid) - before
            holder.stdin.close()
            holder.wait()
            time.sleep(0.3)
    return grown / (count - 100)


def bench_connections(d):
    figure("idle established connection", "value", [held(d, "hold", d.maf_psk, 2000)], "KiB", 48,
           "lower")
    figure("half-open connection", "value", [held(d, "half", d.maf_psk, 1500)], "KiB", 48, "lower")


def start_up(d, rounds):
    times = []
    for _ in range(rounds):
        with d.start() as ours:
            times.append(ours.start_s)
    return statistics.median(times)


def bench_nodes(d):
    """A store of a million nodes against an empty one, and against ten thousand."""
    big_count = 100000 if QUICK else 1000000
    look_ups = "20000" if QUICK else "200000"
    small = Deployment()
    empty = Deployment()
    small.populate("nodes", "10000")
    began = time.monotonic()
    d.populate("nodes", str(big_count))
    note(f"{big_count} nodes stored in {time.monotonic() - began:.1f} s")
    ratios = []
    for _ in range(ROUNDS):
        few = float(small.populate("find", look_ups, "10000"))
        many = float(d.populate("find", look_ups, str(big_count)))
        ratios.append(many / few)
    figure(f"look-up, {big_count} nodes over 10000", "ratio", ratios, "x", 1.3, "lower")
    note(f"one look-up with its key unwrapped: {few / 1000:.2f} us at 10000, "
         f"{many / 1000:.2f} us at {big_count}")
    ours, bare = start_up(d, ROUNDS), start_up(empty, ROUNDS)
    figure(f"start-up, {big_count} nodes over none", "ratio", [ours / bare], "x", 3, "lower")
    with d.start() as server:
        touch(d, big_count)
        full = memory_kib(server.pid)
    with empty.start() as server:
        touch(empty, 0)
        none = memory_kib(server.pid)
    figure("RSS for a stored node", "value", [max(0, full - none) * 1024 / big_count], "octets",
           1024, "lower")
    small.remove()
    empty.remove()


def touch(d, _):
    """Some thousand handshakes, so that the daemon has read from its store."""
    subprocess.run([f"{BIN}/bench_load", "connect", str(d.mef_psk), "--psk", f"mef.{PROVIDER}",
                    "--sni", f"mef.{PROVIDER}", "--priority", SUITES["psk-cbc"], "--clients", "16",
                    "--count", "2000"], capture_output=True)


def peak_heap_kib(folder, arguments):
    out = os.path.join(folder, "massif.out")
    run(["valgrind", "--tool=massif", "--time-unit=B", f"--massif-out-file={out}", *arguments])
    with open(out) as f:
        return max(int(n) for n in re.findall(r"mem_heap_B=(\d+)", f.read())) / 1024


def bench_device(d):
    node = d.path("factory", "device-1", "node.yaml")
    run([f"{BIN}/handfast", "--config", d.config, "device", "import",
         d.path("factory", "devices.jsonl")]) if not d_imported(d) else None
    with d.start():
        if shutil.which("valgrind") is None:
            note("valgrind is not installed: no figures for the device's heap")
        else:
            heap = peak_heap_kib(d.folder, [f"{BIN}/handfast", "--config", node, "node",
                                            "bootstrap"])
            heap = max(heap, peak_heap_kib(
                d.folder, [f"{BIN}/handfast", "--config", node, "ae", "associate", "--ae",
                           f"//{PROVIDER}/asn-1/Csensor", "--to", f"//{PROVIDER}/in-cse"]))
            figure("device: peak heap, bootstrap and association", "value", [heap], "KiB", None,
                   "lower")
    for name in sorted(os.listdir(os.path.join(BUILD, "src", "library"))):
        if re.fullmatch(r"libhandfast\.so\.\d+\.\d+\.\d+", name):
            stripped = os.path.join(d.folder, "stripped.so")
            run(["strip", "-o", stripped, os.path.join(BUILD, "src", "library", name)])
            figure("device: libhandfast.so, stripped", "value",
                   [os.path.getsize(stripped) / 1024], "KiB", None, "lower")


def d_imported(d):
    return "asn-1" in run([f"{BIN}/handfast", "--config", d.config, "list", "nodes"])


def main():
    d = Deployment()
    try:
        run([f"{BIN}/handfast", "--config", d.config, "device", "import",
             d.path("factory", "devices.jsonl")])
        d.populate("maf")
        device = [line for line in open(d.path("factory", "devices.jsonl")) if "device:" in line]
        oid = re.search(r"device:([0-9.]+)", device[0]).group(1)
        d.populate("register", f"//{PROVIDER}/asn-1", f"31-{oid}")
        for bench in (bench_registration, bench_bootstrap, bench_retrieval, bench_workers,
                      bench_connections, bench_device, bench_nodes):
            if ONLY in bench.__name__:
                bench(d)
    finally:
        d.remove()
    path = os.path.join(os.path.dirname(BUILD), "bench.json")
    with open(path, "w") as f:
        json.dump(figures, f, indent=1)
    print(f"written: {os.path.relpath(path)}")


main()
