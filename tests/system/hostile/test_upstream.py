#!/usr/bin/env python3
"""A CSE behind the gateway that misbehaves: its requesters hear so, and nobody gets another's answer."""
import sys
import time

from peers import GATEWAY, Psk, Upstream, associate, plain, target_of
from harness import Deployment, check, check_equal, finish, request

CLOSE = b"Connection: close\r\n"
SLOW_S = 0.3


def never(_head, _socket):
    time.sleep(15)


def slow(head, _socket):
    time.sleep(SLOW_S)
    return plain(head)


def surplus(head, _socket):
    """The answer, and one that nobody asked for, in one piece."""
    return plain(head) + b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 2000\r\nContent-Length: 6\r\n\r\nstolen"


def half_surplus(head, _socket):
    return plain(head) + b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 20"


def cut(_head, s):
    s.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")


def big(_head, _socket):
    return b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"a" * 1000000


def endless_head(_head, _socket):
    return b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100000


def smuggling(_head, _socket):
    return b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"


BAD = [("nothing", lambda h, s: None), ("garbage", lambda h, s: b"\0\1\2 garbage\r\n\r\n"),
       ("a cut body", cut), ("a megabyte", big), ("an endless head", endless_head),
       ("two framings", smuggling), ("a bad status", lambda h, s: b"HTTP/1.1 abc\r\n\r\n"),
       ("a switch of protocols", lambda h, s: b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc")]


def chunked(head, _socket):
    body = target_of(head).encode()
    return (b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 2000\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body
            + b"\r\n0\r\n\r\n")


def interim(head, _socket):
    return b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX-A: b\r\n\r\n" + plain(head)


def until_close(head, s):
    s.sendall(b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 2000\r\n\r\n" + target_of(head).encode())


GOOD = [("in chunks", chunked), ("after interim ones", interim), ("until its end", until_close),
        ("and closes", lambda h, s: plain(h, s, CLOSE)), ("and more", surplus), ("and half of another", half_surplus)]


def bodies(c, method, count):
    """Many requests at once; the body of each answer."""
    c.send(b"".join(request(method, f"/-/{n}", GATEWAY, rid=f"r{n}") for n in range(count)))
    answers = [c.answer() for _ in range(count)]
    return [(a.status, a.body.decode()) if a else None for a in answers]


def misbehaves(d, upstream, psk):
    with Psk(d.gateway_port, GATEWAY, psk) as c:
        for what, reply in BAD:
            upstream.reply = reply
            for method in ("GET", "POST"):
                answer = c.ask(method, "/-/x")
                if not check(answer is not None and answer.status == 504, f"{what} from the CSE is a 504: {answer}"):
                    c.vanish()
                    c = Psk(d.gateway_port, GATEWAY, psk)
            upstream.reply = plain
            check_equal(bodies(c, "POST", 2), [(200, "/-/0"), (200, "/-/1")], f"after {what} it goes on")


def answers_oddly(d, upstream, psk):
    with Psk(d.gateway_port, GATEWAY, psk) as c:
        for what, reply in GOOD:
            upstream.reply = reply
            for method in ("GET", "POST"):
                expected = [(200, f"/-/{n}") for n in range(5)]
                check_equal(bodies(c, method, 5), expected, f"a CSE that answers {what}, to {method}")


def others_wait(d, upstream, psk):
    """All links are taken by peers that go away; the next in the queue gets a link then."""
    upstream.reply = lambda h, s: never(h, s) if target_of(h) == "/-/gone" else plain(h)
    gone = [Psk(d.gateway_port, GATEWAY, psk) for _ in range(64)]
    seen = len(upstream.requests)
    for c in gone:
        c.send(request("GET", "/-/gone", GATEWAY))
    end = time.monotonic() + 10
    while len(upstream.requests) < seen + len(gone) and time.monotonic() < end:
        time.sleep(0.02)
    with Psk(d.gateway_port, GATEWAY, psk) as c:
        c.send(request("GET", "/-/next", GATEWAY))
        time.sleep(0.3)
        for g in gone:
            g.vanish()
        started = time.monotonic()
        answer = c.answer()
        check(answer is not None and answer.body == b"/-/next", f"the next in the queue is served: {answer}")
        check(time.monotonic() - started < 3, "as soon as there is a link")


def nobody_mixes(d, upstream, psk):
    """Threat row GW-7: requesters that vanish while the CSE is slow, among those that stay."""
    upstream.reply = slow
    staying = [Psk(d.gateway_port, GATEWAY, psk) for _ in range(6)]
    leaving = [Psk(d.gateway_port, GATEWAY, psk) for _ in range(12)]
    for c in staying + leaving:
        check(c.ask("GET", "/-/warm") is not None, "a requester is served")
    for n, c in enumerate(staying):
        c.send(b"".join(request("GET", f"/-/{n}-{i}", GATEWAY) for i in range(3)))
    for n, c in enumerate(leaving):
        c.send(request("GET", f"/-/leaving-{n}", GATEWAY))
        if n % 2:
            time.sleep(SLOW_S / 8)
        c.vanish()
    for n, c in enumerate(staying):
        got = [c.answer().body.decode() for _ in range(3)]
        check_equal(got, [f"/-/{n}-{i}" for i in range(3)], "each gets its own answers, in order")
        c.vanish()


def main():
    with Deployment(start=False) as d:
        upstream = Upstream(d.cse_port)
        d.start()
        d.cli("node", "bootstrap", "--config", d.node(1))
        psk = associate(d)
        for part in (misbehaves, answers_oddly, others_wait, nobody_mixes):
            started = time.monotonic()
            part(d, upstream, psk)
            print(f"{part.__name__}: {time.monotonic() - started:.1f} s", flush=True)
        check_equal(d.stop(), 0, "the daemon ends well")
        upstream.close()


if __name__ == "__main__":
    main()
    finish("system/hostile_upstream")
