#!/usr/bin/python3
"""Everything that must hold before a change lands, one gate after the other, each a target or a script of this tree.

    check.py [--build DIR] [GATE...]       all gates where none is named

A gate's last line that counts ('N passed, N failed[, N skipped]') is added up; a gate without such a line counts as one. A gate that
ends badly without counting a failure is a failure. Exit status: 0 when nothing failed and something passed, 1 otherwise.
"""

import argparse
import subprocess
import sys
import time

from run_tests import Count, last_count

FUZZ_SECONDS = 12  # a target: enough to see that it runs and that nothing shallow broke


def gates(build):
    def make(*words):
        return ["make", "--no-print-directory", *words]

    return {
        "format": make("format", "CHECK=1"),
        "test": make(f"BUILD={build}", "CC=gcc", "test"),
        "clang": make(f"BUILD={build}/clang", "CC=clang", "-j2", "test-programs"),
        "lint": make(f"BUILD={build}", "lint"),
        "asan": make(f"BUILD={build}", "asan"),
        "tsan": make(f"BUILD={build}", "tsan"),
        "valgrind": make(f"BUILD={build}", "valgrind"),
        "fuzz": make(f"BUILD={build}", "fuzz", f"FUZZ_SECONDS={FUZZ_SECONDS}"),
        "image": ["scripts/test_image.sh", build],
    }


def run_gate(command):
    """The gate's counts; what it prints goes on at once."""
    lines = []
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace") as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    count = last_count("".join(lines[-3:]))
    if count.total() == 0 and process.returncode == 0:
        count.passed = 1
    if process.returncode != 0 and count.failed == 0:
        count.failed = 1
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("gates", nargs="*")
    options = parser.parse_args()
    table = gates(options.build)
    unknown = set(options.gates) - set(table)
    if unknown:
        parser.error(f"no such gate: {', '.join(sorted(unknown))}; there are {', '.join(table)}")
    total, report = Count(), []
    for name in options.gates or table:
        print(f"=== {name}", flush=True)
        begin = time.monotonic()
        count = run_gate(table[name])
        total.add(count)
        report.append(f"{name:10}{time.monotonic() - begin:6.0f} s  {count}")
    print("=== all gates", *report, total, sep="\n", flush=True)
    return 1 if total.failed or total.passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
