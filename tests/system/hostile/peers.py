"""Peers that behave badly, and the sockets they need. For the tests of this folder."""
import base64
import os
import select
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import harness
from harness import ANSWER_S, IN_CSE, MAF, PROVIDER, parse_answers, request

GATEWAY = "in-cse." + PROVIDER
SENSOR = f"//{PROVIDER}/asn-1/Csensor"


def associate(d, ae=SENSOR, number=1):
    """(KcID, Kc) of a fresh association with the gateway, read as the target may read it."""
    told = d.json("ae", "associate", "--ae", ae, "--to", IN_CSE, "--config", d.node(number))
    relative = told["secure_connection_id"].split("@")[0]
    with d.as_in_cse() as c:
        return f"{relative}@{MAF}", base64.b64decode(c.ask("GET", f"/{relative}").content()["kv"])


class Psk:
    """A TLS connection keyed by a pre-shared key, with OpenSSL's own client as the wire."""

    def __init__(self, port, name, psk):
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", name, "-tls1_2",
                   "-psk_identity", psk[0], "-psk", psk[1].hex(), "-quiet", "-no_ign_eof"]
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, bufsize=0)
        self.waiting = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.vanish()

    def send(self, octets):
        self.process.stdin.write(octets)

    def ask(self, method, target, **options):
        try:
            self.send(request(method, target, self.name, **options))
        except OSError:
            return None
        return self.answer()

    def answer(self, within_s=ANSWER_S):
        """The next answer; None when there is none in time, or the peer closed instead."""
        end = time.monotonic() + within_s
        while not parse_answers(self.waiting)[0]:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return None
            self.waiting += more
        first = parse_answers(self.waiting)[0][0]
        head = self.waiting.index(b"\r\n\r\n") + 4
        self.waiting = self.waiting[head + int(first.headers.get("content-length", "0")):]
        return first

    def vanish(self):
        """Without a close_notify."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Upstream:
    """A CSE that answers each request with whatever `reply(head, socket)` returns."""

    def __init__(self, port):
        self.reply = plain
        self.requests = []
        self.listener = socket.create_server(("127.0.0.1", port), backlog=200)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                s, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(s,), daemon=True).start()

    def _serve(self, s):
        waiting = b""
        try:
            while True:
                while b"\r\n\r\n" not in waiting:
                    more = s.recv(65536)
                    if not more:
                        return
                    waiting += more
                head, waiting = waiting.split(b"\r\n\r\n", 1)
                length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                need = int(length[0].split(b":")[1]) if length else 0
                while len(waiting) < need:
                    waiting += s.recv(65536)
                waiting = waiting[need:]
                self.requests.append(head.decode("latin-1"))
                octets = self.reply(head, s)
                if octets is None:
                    return
                s.sendall(octets)
        except OSError:
            pass
        finally:
            s.close()


def target_of(head):
    return head.split()[1].decode()


def plain(head, _=None, extra=b""):
    """200, with the request's target as the body."""
    body = target_of(head).encode()
    return (b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 2000\r\n" + extra + b"Content-Length: %d\r\n\r\n" % len(body) + body)
