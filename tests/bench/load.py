"""A load client in plain sockets: keep-alive, several connections, one thread each, so that it costs little itself."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

Request = bytes | Callable[[], bytes]
"""What to send; a function makes a fresh one each time."""

FORM = b"q1=3&q2=1&q3=1&q4=2&q5=3&q6=1"


def get(path: str, host: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def post(path: str, host: str, body: bytes = FORM, kind: str = "application/x-www-form-urlencoded", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def requests_per_second(address: str, journey: Sequence[Request], seconds: float, connections: int = 4) -> float:
    """Return how often per second the whole journey was answered with 200s (303 after a form)."""
    return journeys_per_second(address, [journey] * connections, seconds)


def journeys_per_second(address: str, journeys: Sequence[Sequence[Request]], seconds: float) -> float:
    """Return how often per second journeys were made; each has a connection and a thread of its own."""
    parts = urlsplit(address)
    done, went_wrong = [0] * len(journeys), list[BaseException]()
    until = time.perf_counter() + seconds

    def run(number: int) -> None:
        try:
            with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
                while time.perf_counter() < until:
                    for request in journeys[number]:
                        connection.sendall(request if isinstance(request, bytes) else request())
                        _answer(connection)
                    done[number] += 1
        except BaseException as error:  # shown by whoever asked
            went_wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(journeys))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if went_wrong:
        raise went_wrong[0]
    return sum(done) / (time.perf_counter() - began)


def _answer(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    if head.split(b" ", 2)[1] not in {b"200", b"303"}:
        raise RuntimeError(head[:200].decode(errors="replace"))
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65536)))
