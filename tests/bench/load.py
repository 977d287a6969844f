"""A load client in plain sockets: keep-alive, several connections, one thread each, so that it costs little itself."""

import socket
import threading
import time
from urllib.parse import urlsplit

FORM = b"q1=3&q2=1&q3=1&q4=2&q5=3&q6=1"


def get(path: str, host: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def post(path: str, host: str) -> bytes:
    kind = "Content-Type: application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{kind}\r\nContent-Length: {len(FORM)}\r\n\r\n".encode() + FORM


def requests_per_second(address: str, journey: list[bytes], seconds: float, connections: int = 4) -> float:
    """Return how often per second the whole journey was answered with 200s."""
    parts = urlsplit(address)
    done = [0] * connections
    until = time.perf_counter() + seconds

    def run(number: int) -> None:
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
            while time.perf_counter() < until:
                for request in journey:
                    connection.sendall(request)
                    _answer(connection)
                done[number] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def _answer(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head[:200].decode(errors="replace"))
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65536)))
