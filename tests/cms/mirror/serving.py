"""A real nginx that serves a mirror by the configuration that came with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

_CONFIGURATION = """\
daemon off;
worker_processes 1;
error_log {home}/error.log;
pid {home}/nginx.pid;
{user}
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  include {mirror}/http.conf;
  server {{
    listen 127.0.0.1:{port};
    include {mirror}/server.conf;
  }}
}}
"""


class Mirror:
    """Asks nginx; the address is sent as it is given."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(
        self, address: str, *, method: str = "GET", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request(method, address, headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body


@contextmanager
def served(mirror: Path, home: Path) -> Iterator[Mirror]:
    """Serve the folder until the block ends."""
    assert PROGRAM
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "user root;" if os.getuid() == 0 else ""
    text = _CONFIGURATION.format(home=home, mirror=mirror, port=port, user=user)
    (home / "nginx.conf").write_text(text)
    command = [PROGRAM, "-c", str(home / "nginx.conf"), "-p", str(home)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            _wait(process, port)
            yield Mirror(port)
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            assert process.stderr
            raise RuntimeError(process.stderr.read().decode())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("nginx did not answer")
