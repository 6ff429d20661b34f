"""A bad network for the tests: it cuts connections before, during and after the answer.

A request that saves a sheet meets the next fate of a plan; everything else passes. With
`is_down` nothing passes at all, as in a cellar.
"""

import contextlib
import socket
import threading
from collections import Counter
from enum import StrEnum


class Fate(StrEnum):
    """Where the connection breaks."""

    BEFORE = "before the server heard it"
    UNANSWERED = "after the server did it, before its answer"
    HALFWAY = "in the middle of the answer"
    PASSES = "nowhere"


class CuttingProxy:
    """Listens on a port of its own and hands on to the server, as far as it goes."""

    def __init__(self, host, port):
        self.upstream = (host, port)
        self.is_down = False
        self.plan = []
        self.met = Counter()
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def close(self):
        self.listener.close()

    def listen(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, contextlib.suppress(OSError):
            client.settimeout(20)
            request = read_request(client)
            if not request or self.is_down:
                return
            fate = self.fate_of(request)
            if fate == Fate.BEFORE:
                return
            answer = self.ask(request)
            if fate == Fate.HALFWAY:
                client.sendall(answer[: len(answer) // 2])
            elif fate == Fate.PASSES:
                client.sendall(answer)

    def fate_of(self, request):
        line = request.split(b"\r\n", 1)[0]
        if b"/bewaren/" not in line:
            return Fate.PASSES
        with self.lock:
            fate = self.plan.pop(0) if self.plan else Fate.PASSES
            self.met[fate] += 1
        return fate

    def ask(self, request):
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [
            line
            for line in head.split(b"\r\n")
            if not line.lower().startswith((b"connection:", b"keep-alive:"))
        ]
        with socket.create_connection(self.upstream, timeout=20) as server:
            server.sendall(
                b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
            )
            parts = []
            while part := server.recv(65536):
                parts.append(part)
        return b"".join(parts)


def read_request(client):
    """Read one whole request, head and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        part = client.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body
