"""The limit of any HTTP server in workload B: nginx, one worker, answering a constant 302 without a log."""

import os
import shutil
import sys
from pathlib import Path

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"  # where Debian keeps it, off a plain user's PATH
_CONFIG = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 302 https://jobs.example/a-job; }}
    }}
}}
"""


def program() -> str | None:
    """Where nginx is, None when it is not installed."""
    return shutil.which("nginx", path=_PATH)


def main() -> None:
    """Become nginx, with everything that it writes in the folder BENCH_FOLDER. The argument is a port."""
    folder, found = Path(os.environ["BENCH_FOLDER"]), program()
    if found is None:
        raise SystemExit("nginx is not installed")
    folder.mkdir(exist_ok=True)
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(folder=folder, port=sys.argv[1]), encoding="utf-8")
    os.execv(found, [found, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)])  # noqa: S606


if __name__ == "__main__":
    main()
