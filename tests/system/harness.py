"""A provider with its real daemon, for tests: started in a folder of its own on ports of its own.

    with Deployment() as d:
        d.cli("node", "bootstrap", "--config", d.node(1))

BIN names the folder of handfastd, handfast and mini-cse. Nothing here is shared with the C code: TLS is
Python's, OpenSSL's and GnuTLS's, so that what the daemon says is judged by programs we did not write.
"""
import json
import os
import re
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

BIN = os.environ.get("BIN", "build/dev/bin")
PROVIDER = "sp.example"
MEF, MAF, IN_CSE = "mef." + PROVIDER, "maf." + PROVIDER, f"//{PROVIDER}/in-cse"
DEVICE_1, DEVICE_2 = "0.2.481.1.100.3030.10011", "0.2.481.1.100.3030.10012"
PORTS = range(23000, 23990, 10)
START_S, STOP_S, ANSWER_S = 20, 20, 20
# An expirationTime within every policy, whenever the tests are run.
SOON = time.strftime("%Y%m%dT000000", time.gmtime(time.time() + 20 * 86400))
# The modes that are looked at are those that the programs choose, not the tester's.
os.umask(0o022)

failures = []
checks = 0


def check(condition, what):
    """A sentence about behaviour that has to hold."""
    global checks
    checks += 1
    if not condition:
        failures.append(what)
        print(f"not ok: {what}", flush=True)
    return condition


def check_equal(got, expected, what):
    return check(got == expected, f"{what}: got {got!r}, expected {expected!r}")


def finish(name):
    print(f"{name}: {checks} checks, {len(failures)} failed")
    sys.exit(1 if failures or checks == 0 else 0)


def take_ports():
    """Six free ports in a row, kept from other tests, whoever runs them, by a seventh that we hold as long as we live."""
    for base in PORTS:
        lock = socket.socket()
        try:
            lock.bind(("127.0.0.1", base + 6))
        except OSError:
            lock.close()
            continue
        if all(is_free(base + n) for n in range(6)):
            return base, lock
        lock.close()
    raise RuntimeError("no six free ports in a row")


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Deployment:
    def __init__(self, start=True, devices=True):
        self.work = tempfile.mkdtemp(prefix="handfast-test.")
        self.base, self._lock = take_ports()
        self.dir = os.path.join(self.work, "provider")
        self.config = os.path.join(self.dir, "handfast.yaml")
        self.log_path = os.path.join(self.work, "handfastd.log")
        self.daemon = self.cse = None
        self.cli("init", self.dir, "--provider", PROVIDER, "--port-base", str(self.base))
        if devices:
            self.cli("device", "import", self.path("factory/devices.jsonl"), "--config", self.config)
        if start:
            self.start_cse()
            self.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None or failures:
            print("--- the daemon's log ---\n" + self.log()[-4000:])
        self.stop()
        if self.cse is not None:
            self.cse.terminate()
            self.cse.wait(STOP_S)
        shutil.rmtree(self.work, ignore_errors=True)
        self._lock.close()

    mef_port = property(lambda self: self.base)
    mef_psk_port = property(lambda self: self.base + 1)
    maf_port = property(lambda self: self.base + 2)
    maf_psk_port = property(lambda self: self.base + 3)
    gateway_port = property(lambda self: self.base + 4)
    cse_port = property(lambda self: self.base + 5)

    def path(self, name):
        return os.path.join(self.dir, name)

    def node(self, number):
        return self.path(f"factory/device-{number}/node.yaml")

    def log(self):
        try:
            with open(self.log_path, encoding="utf-8", errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def start_cse(self):
        self.cse = subprocess.Popen([f"{BIN}/mini-cse", "-v", str(self.cse_port)],
                                    stderr=open(os.path.join(self.work, "cse.log"), "w"))
        wait_until(lambda: is_open(self.cse_port), START_S, "mini-cse listens")

    def cse_log(self):
        with open(os.path.join(self.work, "cse.log"), encoding="utf-8") as f:
            return f.read()

    def start(self, wait=True, **options):
        before = self.log().count(" ready ")
        self.daemon = subprocess.Popen([f"{BIN}/handfastd", "--config", self.config],
                                       stdout=open(self.log_path, "a"), stderr=subprocess.STDOUT, **options)
        if wait:
            wait_until(lambda: self.log().count(" ready ") > before or self.daemon.poll() is not None,
                       START_S, "the daemon is ready")
            if self.daemon.poll() is not None:
                raise RuntimeError("the daemon ended: " + self.log()[-2000:])

    def stop(self):
        """SIGTERM; the exit status, which a sanitizer makes bad."""
        if self.daemon is None:
            return None
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
        status = self.daemon.wait(STOP_S)
        self.daemon = None
        return status

    def kill(self):
        self.daemon.kill()
        self.daemon.wait(STOP_S)
        self.daemon = None

    def run(self, *arguments, stdin=None, program="handfast"):
        return subprocess.run([f"{BIN}/{program}", *arguments], input=stdin, capture_output=True, text=True,
                              timeout=120)

    def cli(self, *arguments, stdin=None):
        """A command that has to work; its standard output."""
        r = self.run(*arguments, stdin=stdin)
        if r.returncode != 0:
            raise RuntimeError(f"{arguments}: exit {r.returncode}: {r.stderr}\n{self.log()[-2000:]}")
        return r.stdout

    def json(self, *arguments, stdin=None):
        return json.loads(self.cli(*arguments, "--json", stdin=stdin))

    def operator(self, *arguments):
        return self.json(*arguments, "--config", self.config)

    # --- talking to it with other people's TLS ---

    def https(self, port, name, certificate=None):
        """An HTTPS connection by Python's ssl; `certificate` is a path without its ending."""
        return Https(port, name, self.path("ca/provider-ca.pem"),
                     self.path(certificate) if certificate else None)

    def as_device_1(self):
        return self.https(self.mef_port, MEF, "factory/device-1/device")

    def as_in_cse(self):
        return self.https(self.maf_port, MAF, "tls/in-cse")

    def as_maf(self):
        return self.https(self.mef_port, MEF, "tls/maf")


def wait_until(condition, within_s, what):
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise RuntimeError("not in time: " + what)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    rsc = property(lambda self: int(self.headers.get("x-m2m-rsc", "0")))

    def content(self):
        return next(iter(json.loads(self.body).values()))

    def __repr__(self):
        return f"{self.status}/{self.rsc}"


def parse_answers(octets):
    """Every whole answer in `octets`, and what is left."""
    answers = []
    while b"\r\n\r\n" in octets:
        head, rest = octets.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        headers = {k.strip().lower(): v.strip() for k, v in (line.split(":", 1) for line in lines[1:])}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            break
        answers.append(Answer(int(lines[0].split()[1]), headers, rest[:length]))
        octets = rest[length:]
    return answers, octets


def request(method, target, host, body=None, ty=None, origin=None, rid="r1", extra=(), rvi="3", raw_body=None):
    """The octets of a oneM2M request."""
    octets = raw_body if raw_body is not None else b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}"]
    if rid is not None:
        lines.append(f"X-M2M-RI: {rid}")
    if rvi is not None:
        lines.append(f"X-M2M-RVI: {rvi}")
    if origin is not None:
        lines.append(f"X-M2M-Origin: {origin}")
    if octets:
        lines.append("Content-Type: application/vnd.onem2m-res+json" + (f"; ty={ty}" if ty else ""))
    if octets or method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(octets)}")
    lines.extend(extra)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + octets


class Https:
    def __init__(self, port, name, authority, certificate):
        context = ssl.create_default_context(cafile=authority)
        if certificate:
            context.load_cert_chain(certificate + ".pem", certificate + ".key")
        self.name = name
        raw = socket.create_connection(("127.0.0.1", port), ANSWER_S)
        self.socket = context.wrap_socket(raw, server_hostname=name)
        self.waiting = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, octets):
        self.socket.sendall(octets)

    def answer(self):
        """The next answer; None when the peer closed instead."""
        while True:
            answers, rest = parse_answers(self.waiting)
            if answers:
                first = answers[0]
                used = self.waiting.index(b"\r\n\r\n") + 4 + int(first.headers.get("content-length", "0"))
                self.waiting = self.waiting[used:]
                return first
            try:
                more = self.socket.recv(65536)
            except (ConnectionError, ssl.SSLError):
                return None
            if not more:
                return None
            self.waiting += more

    def ask(self, method, target, **options):
        self.send(request(method, target, self.name, **options))
        return self.answer()


# --- OpenSSL's and GnuTLS's own clients, for pre-shared keys and exports ---

class Told:
    """What a command-line client saw: the exported octets, the answers, all of its output."""

    def __init__(self, output):
        self.output = output
        found = re.search(rb"(?:Keying material|- Key material): ([0-9A-Fa-f]+)", output)
        self.exported = bytes.fromhex(found.group(1).decode()) if found else None
        at = output.find(b"HTTP/1.1 ")
        self.answers = parse_answers(output[at:])[0] if at >= 0 else []


# What each client prints when the handshake is done; what is sent before may be lost.
READY = (b"Verify return code", b"- Simple Client Mode")


def talk(command, octets, answers, within_s=ANSWER_S):
    """Runs a client, gives it `octets`, waits for that many answers or its end."""
    # Unbuffered, so that closing it after the client's end has nothing left to write.
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0)
    os.set_blocking(p.stdout.fileno(), False)
    output, end, sent = b"", time.monotonic() + within_s, False
    while time.monotonic() < end and (not sent or len(Told(output).answers) < answers):
        if not select.select([p.stdout], [], [], 0.1)[0]:
            continue
        more = p.stdout.read(65536)
        if not more:
            break
        output += more
        if not sent and any(word in output for word in READY):
            time.sleep(0.05)
            try:
                p.stdin.write(octets)
            except BrokenPipeError:
                break
            sent = True
    p.kill()
    p.wait()
    p.stdin.close()
    p.stdout.close()
    return Told(output)


def openssl(port, name, octets, answers=1, psk=None, certificate=None, authority=None, label=None, extra=(),
            within_s=ANSWER_S):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-ign_eof", "-servername", name, *extra]
    if psk:
        command += ["-tls1_2", "-psk_identity", psk[0], "-psk", psk[1].hex()]
    if certificate:
        command += ["-cert", certificate + ".pem", "-key", certificate + ".key"]
    if authority:
        command += ["-CAfile", authority]
    if label:
        command += ["-keymatexport", label, "-keymatexportlen", "48"]
    return talk(command, octets, answers, within_s)


def gnutls(port, name, octets, answers=1, psk=None, certificate=None, authority=None, label=None, extra=()):
    command = ["stdbuf", "-o0", "gnutls-cli", "--port", str(port), "--sni-hostname", name, *extra]
    if psk:
        command += ["--pskusername", psk[0], "--pskkey", psk[1].hex(), "--priority",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK"]  # 3.7.9 dies printing an ECDHE-PSK session
    else:
        command += ["--verify-hostname", name]
    if certificate:
        command += ["--x509certfile", certificate + ".pem", "--x509keyfile", certificate + ".key"]
    if authority:
        command += ["--x509cafile", authority]
    if label:
        command += ["--keymatexport", label, "--keymatexportsize", "48"]
    return talk(command + ["127.0.0.1"], octets, answers)
