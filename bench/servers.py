"""Starts what is compared and makes sure that all of it ends: quoted, a bare libmicrohttpd, nginx, json-server; and wrk, which drives them."""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

HOST = "127.0.0.1"
READY_SECONDS = 60
PR_SET_PDEATHSIG = 1
TICKS = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)
JSON_SERVER = "json-server@0.17.4"  # the last of the line that most front ends use


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def split_cores():
    """Half of the cores for the servers, the others for wrk, so that one does not wait for the other. Of a single core both take all."""
    cores = sorted(os.sched_getaffinity(0))
    half = len(cores) // 2
    return (set(cores[:half]), set(cores[half:])) if half else (set(cores), set(cores))


SERVER_CORES, CLIENT_CORES = split_cores()


def start(command, cores, **options):
    """A process on those cores that dies with this one, whatever ends it."""
    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        os.sched_setaffinity(0, cores)
    return subprocess.Popen([str(part) for part in command], preexec_fn=prepare, stdin=subprocess.DEVNULL, **options)


class Server:
    """One of those that are compared. targets(endpoint) gives the lines for wrk."""
    name = ""

    def __init__(self, folder):
        self.folder, self.port, self.process = Path(folder), free_port(), None

    def launch(self, command):
        with open(self.folder / f"{self.name}.log", "wb") as log:
            self.process = start(command, SERVER_CORES, stdout=log, stderr=log)
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"{self.name} did not start: " + (self.folder / f"{self.name}.log").read_text(errors="replace")[-500:])

    def cpu_seconds(self):
        """User and system time so far, children included."""
        pids, total = [self.process.pid], 0
        for pid in pids:
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
                pids += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            except (OSError, IndexError):
                continue
        return total / TICKS

    def resident_mb(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1e3
        return 0

    def stop(self):
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class Quoted(Server):
    name = "quoted"

    def __init__(self, folder, program, db):
        super().__init__(folder)
        self.launch([program, "serve", "--read-only", "--db", db, "--listen", f"{HOST}:{self.port}", "--threads", len(SERVER_CORES),
                     "--log-level", "error"])

    def targets(self, endpoint):
        return [answer.target + (f"\t{answer.tag}" if endpoint.conditional else "") for answer in endpoint.answers]


class Ceiling(Server):
    """A 304 and a 200 have the same target; here the former's begins with /304, so that one table of targets does for all."""
    name = "ceiling"

    def __init__(self, folder, program, endpoints):
        super().__init__(folder)
        recorded = self.folder / "answers"
        with open(recorded, "wb") as out:
            for endpoint in endpoints:
                for answer in endpoint.answers:
                    lines = [self.target(endpoint, answer), str(answer.status), str(len(answer.headers))]
                    lines += [part for header in answer.headers for part in header] + [str(len(answer.body))]
                    out.write("\n".join(lines).encode() + b"\n" + answer.body + b"\n")
        self.launch([program, self.port, len(SERVER_CORES), recorded])

    @staticmethod
    def target(endpoint, answer):
        return ("/304" if endpoint.conditional else "") + answer.target

    def targets(self, endpoint):
        return [self.target(endpoint, answer) + (f"\t{answer.tag}" if endpoint.conditional else "") for answer in endpoint.answers]


NGINX = """%(user)sdaemon off; worker_processes %(workers)d; pid %(folder)s/nginx.pid; error_log %(folder)s/nginx.log;
events { worker_connections 16384; use epoll; multi_accept on; }
http {
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; etag on; keepalive_requests 1000000000; keepalive_timeout 600s;
    open_file_cache max=200000 inactive=600s; open_file_cache_valid 600s; default_type application/json;
    client_body_temp_path %(folder)s/body; proxy_temp_path %(folder)s/proxy; fastcgi_temp_path %(folder)s/fastcgi;
    uwsgi_temp_path %(folder)s/uwsgi; scgi_temp_path %(folder)s/scgi;
    server { listen 127.0.0.1:%(port)d backlog=4096; root %(folder)s/files; }
}
"""


class Nginx(Server):
    """The same bodies as files, with what makes nginx fast for files switched on."""
    name = "nginx"

    def __init__(self, folder, endpoints):
        super().__init__(folder)
        self.tags = {}
        for endpoint in endpoints:
            place = self.folder / "files" / endpoint.name
            place.mkdir(parents=True)
            for number, answer in enumerate(endpoint.answers):
                file = place / f"{number}.json"
                file.write_bytes(answer.whole)
                state = file.stat()
                self.tags[endpoint.name, number] = f'"{int(state.st_mtime):x}-{state.st_size:x}"'
        config = self.folder / "nginx.conf"
        # The folder is this user's alone, and nginx started by root gives its workers to somebody else.
        config.write_text(NGINX % {"user": "user root; " if os.geteuid() == 0 else "", "workers": len(SERVER_CORES), "folder": self.folder,
                                   "port": self.port})
        self.launch([shutil.which("nginx") or "/usr/sbin/nginx", "-c", config, "-p", self.folder])

    def targets(self, endpoint):
        return [f"/{endpoint.name}/{number}.json" + (f"\t{self.tags[endpoint.name, number]}" if endpoint.conditional else "")
                for number in range(len(endpoint.answers))]


class JsonServer(Server):
    """What front-end people use while there is no server yet: json-server on Node.js, with the articles that the others answer."""
    name = "json-server"

    def __init__(self, folder, tools, endpoints):
        super().__init__(folder)
        program = tools / "node_modules/json-server/lib/cli/bin.js"
        if not shutil.which("node") or not shutil.which("npm"):
            raise RuntimeError("there is no node or no npm here")
        if not program.exists():
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(tools), JSON_SERVER],
                           check=True, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        answers = next(endpoint.answers for endpoint in endpoints if endpoint.name == "article")
        articles = [json.loads(answer.whole) for answer in answers]
        for article in articles:
            for quote in article["quotes"]:
                quote["speaker_id"] = (quote["speaker"] or {}).get("id")
        data = {"articles": articles, "quotes": [quote for article in articles for quote in article["quotes"]]}
        self.speakers = {quote["speaker_id"] for quote in data["quotes"]}
        (self.folder / "db.json").write_text(json.dumps(data))
        self.launch(["node", program, "--quiet", "--host", HOST, "--port", self.port, self.folder / "db.json"])

    def targets(self, endpoint):
        if endpoint.name == "article":
            return ["/articles/" + answer.target.rsplit("/", 1)[1] for answer in endpoint.answers]
        if endpoint.name == "newest":
            return ["/articles?_sort=published&_order=desc&_limit=20"]
        if endpoint.name == "speaker":
            return [f"/quotes?speaker_id={speaker}&_sort=id&_limit=20" for speaker in sorted(filter(None, self.speakers))]
        return []


def drive(server, endpoint, seconds, connections, seed, script):
    """One turn of wrk; None where the server has nothing for this endpoint."""
    lines = server.targets(endpoint)
    if not lines:
        return None
    file = server.folder / "targets"
    file.write_text("\n".join(lines) + "\n")
    threads = len(CLIENT_CORES)
    before = server.cpu_seconds()
    process = start(["wrk", f"-t{threads}", f"-c{max(connections, threads)}", f"-d{seconds}s", "--timeout", "10s", "-s", script,
                     f"http://{HOST}:{server.port}", "--", file, seed], CLIENT_CORES, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        output, _ = process.communicate(timeout=seconds + 60)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    result = [line for line in output.splitlines() if line.startswith("RESULT ")]
    if not result:
        raise RuntimeError(f"wrk failed on {server.name}: {output[-500:]}")
    turn = json.loads(result[0].removeprefix("RESULT "))
    turn["rate"] = turn["requests"] / turn["seconds"]
    turn["cpu_us"] = (server.cpu_seconds() - before) * 1e6 / max(turn["requests"], 1)
    return turn
