#!/usr/bin/python3
"""Measures quoted: extraction, ingest and serving, the last beside a bare libmicrohttpd, nginx, json-server and SQLite alone.

Called by `make bench`; bench/README.md tells how to read what it prints. What the environment may say:
    BENCH_ARTICLES     articles in the corpus (10000)
    BENCH_SECONDS      seconds of one turn of wrk (2)
    BENCH_ROUNDS       turns of each server and endpoint (3)
    BENCH_CONNECTIONS  connections that are kept busy (32)
    BENCH_REQUESTS     different requests an endpoint, at most (5000)
    BENCH_ONLY         what to run, separated by commas: extract, ingest, names of endpoints (all)
    BENCH_KEEP         a folder for corpus and database, which stay there and are used again
"""

import argparse
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import endpoints as asked
import servers

SEED = 1
EXTRACT_ARTICLES, EXTRACT_BYTES = 2000, 4096
FLOOR_SECONDS = 0.5
HERE = Path(__file__).resolve().parent


def number_of(name, default):
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) < 1:
        sys.exit(f"bench: {name} must be a number above 0, not {value!r}")
    return int(value)


def output_of(command, pattern_line=0):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=10)
        return done.stdout.strip().splitlines()[pattern_line].strip()
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "none"


def machine():
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "?")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    load = os.getloadavg()[0]
    busy = "; NOT QUIET, so expect a wide spread" if load > 0.5 else ""
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, load {load:.1f} before it began{busy}"


def versions(program):
    return "; ".join([output_of([str(program), "--version"]), output_of(["gcc", "--version"]), output_of(["nginx", "-v"]),
                      output_of(["wrk", "-v"]).split(" Copy")[0], "node " + output_of(["node", "--version"])])


class Options:
    """What the environment says."""

    def __init__(self, build):
        self.build = Path(build).resolve()
        self.program = self.build / "quoted"
        self.articles = number_of("BENCH_ARTICLES", 10000)
        self.seconds = number_of("BENCH_SECONDS", 2)
        self.rounds = number_of("BENCH_ROUNDS", 3)
        self.connections = number_of("BENCH_CONNECTIONS", 32)
        self.requests = number_of("BENCH_REQUESTS", 5000)
        self.only = [name for name in os.environ.get("BENCH_ONLY", "").split(",") if name]

    def tool(self, name):
        return self.build / "bench" / name

    def wants(self, name):
        return not self.only or name in self.only


def generate(options, path, count, *arguments):
    with open(path, "wb") as out:
        subprocess.run([options.tool("generate"), "-s", str(SEED), "-r", HERE.parent, *arguments, str(count)], stdout=out, check=True)


def run_group(command):
    """A command that may have children of its own: they end with it, whatever ends it."""
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        if process.wait() != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def run_extract(options, folder):
    articles = folder / "extract.ndjson"
    generate(options, articles, EXTRACT_ARTICLES, "-b", str(EXTRACT_BYTES))
    run_group([options.tool("extract"), articles])
    articles.unlink()


def run_ingest(options, folder):
    """The database that the rest asks; one that is kept is used again."""
    articles, db = folder / f"articles-{options.articles}.ndjson", folder / "bench.db"
    made = folder / f"made-{options.articles}"
    if made.exists() and db.exists():
        print(f"ingest: not measured, using {db} again", flush=True)
        return db
    generate(options, articles, options.articles)
    run_group(["/bin/sh", HERE / "ingest.sh", options.program, articles, folder])
    articles.unlink()
    made.touch()
    return db


def run_floor(options, folder, db, endpoint):
    file = folder / "queries"
    lines = [endpoint.sql] + ["\t".join(str(value) for value in values) for _, values in endpoint.requests]
    file.write_text("\n".join(lines) + "\n")
    process = servers.start([options.tool("floor"), db, FLOOR_SECONDS, file], servers.SERVER_CORES, stdout=subprocess.PIPE, text=True)
    output, _ = process.communicate(timeout=120)
    return json.loads(output) if process.returncode == 0 else None


def spread(values, form):
    """The median, and between which it lies."""
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:{form}} ({low:{form}}-{high:{form}})"


def ratios(turns, other):
    return [mine["rate"] / theirs["rate"] for mine, theirs in zip(turns["quoted"], turns.get(other, []))]


COLUMNS = ["", "KB", "requests/s", "of ceiling", "x nginx", "x json-server", "p99 ms", "CPU us", "ceiling us", "SQLite us (p99)", "above both"]
WIDTHS = [33, 6, 24, 18, 18, 15, 16, 7, 11, 16, 11]


def row(cells):
    print("  ".join(f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}" for at, (cell, width) in enumerate(zip(cells, WIDTHS))), flush=True)


def tell(endpoint, turns, floor):
    mine = turns["quoted"]
    cpu = statistics.median(turn["cpu_us"] for turn in mine)
    ceiling_cpu = statistics.median(turn["cpu_us"] for turn in turns["ceiling"])
    others = [spread(ratios(turns, name), form) if turns.get(name) else "-" for name, form in
              [("ceiling", ".2f"), ("nginx", ".2f"), ("json-server", ".0f")]]
    row([endpoint.title, f"{statistics.mean(len(answer.body) for answer in endpoint.answers) / 1e3:.1f}",
         spread([turn["rate"] for turn in mine], ".0f"), *others, spread([turn["p99"] for turn in mine], ".1f"), f"{cpu:.0f}", f"{ceiling_cpu:.0f}",
         f"{floor['mean']:.0f} ({floor['p99']:.0f})" if floor else "-", f"{cpu - ceiling_cpu - floor['mean']:+.0f}" if floor else "-"])


def measure(options, folder, db, running, endpoint):
    """Turns A B C A B C, so that what else the machine does falls on all of them."""
    turns = {}
    for number in range(options.rounds):
        for server in running:
            turn = servers.drive(server, endpoint, options.seconds, options.connections, SEED + number, HERE / "paths.lua")
            if not turn:
                continue
            turns.setdefault(server.name, []).append(turn)
            if turn["bad_status"] or turn["failed"]:
                print(f"bench: {server.name}, {endpoint.title}: {turn['bad_status']} wrong answers, {turn['failed']} failures", file=sys.stderr)
    floor = run_floor(options, folder, db, endpoint)
    tell(endpoint, turns, floor)
    return {"endpoint": endpoint.name, "turns": turns, "sqlite": floor}


def start_references(options, folder, present, running):
    """Each gets a folder of its own; one that cannot be had is skipped, with a word."""
    makers = [lambda own: servers.Ceiling(own, options.tool("ceiling"), present), lambda own: servers.Nginx(own, present),
              lambda own: servers.JsonServer(own, options.build / "bench/node", present)]
    for number, maker in enumerate(makers):
        own = folder / f"reference-{number}"
        own.mkdir()
        try:
            running.append(maker(own))
        except (RuntimeError, StopIteration, OSError, subprocess.SubprocessError) as why:
            if number == 0:
                raise
            print(f"bench: skipped: {['', 'nginx', 'json-server'][number]}: {str(why) or 'it needs the answers of one article by id'}")


def run_serving(options, folder, db):
    wanted = [endpoint for endpoint in asked.make_endpoints(db, options.requests, SEED) if options.wants(endpoint.name)]
    running, results, absent = [], [], []
    if not wanted:
        return results
    try:
        running.append(servers.Quoted(folder, options.program, db))
        idle = running[0].resident_mb()
        for endpoint in wanted:
            reason = endpoint.record(running[0].port)
            if reason:
                absent.append(f"{endpoint.title} ({reason})")
                endpoint.answers = []
        present = [endpoint for endpoint in wanted if endpoint.answers]
        start_references(options, folder, present, running)
        print(f"\nserving: {options.connections} connections, {options.rounds} turns of {options.seconds} s each; servers on cores "
              f"{sorted(servers.SERVER_CORES)}, wrk on {sorted(servers.CLIENT_CORES)}; median (least-most)\n")
        row(COLUMNS)
        for endpoint in present:
            results.append(measure(options, folder, db, running, endpoint))
        print(f"\nquoted resident: {idle:.0f} MB idle, {running[0].resident_mb():.0f} MB after all this")
        if absent:
            print("not there: " + "; ".join(absent))
    finally:
        for server in running:
            server.stop()
    return results


def run_all(options, folder):
    kept = os.environ.get("BENCH_KEEP")
    corpus = Path(kept).resolve() if kept else folder
    corpus.mkdir(parents=True, exist_ok=True)
    print(f"machine: {machine()}\nversions: {versions(options.program)}\ncorpus: {options.articles} articles, seed {SEED}\n", flush=True)
    if options.wants("extract"):
        run_extract(options, folder)
        print(flush=True)
    if options.only == ["extract"]:
        return
    db = run_ingest(options, corpus)
    results = run_serving(options, folder, db)
    file = options.build / "bench/results.json"
    file.write_text(json.dumps({"machine": machine(), "versions": versions(options.program), "articles": options.articles, "results": results}, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    options = Options(parser.parse_args().build)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell began it in the background
    folder = Path(tempfile.mkdtemp(prefix="quoted-bench-"))
    try:
        run_all(options, folder)
    except KeyboardInterrupt:
        print("\nbench: stopped", file=sys.stderr)
        return 130
    except (RuntimeError, OSError, subprocess.SubprocessError) as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
