#!/usr/bin/python3
"""Runs test suites and adds up what they counted, so that one last line tells the truth: 'N passed, N failed[, N skipped]'.

    run_tests.py --build DIR [--modules base,db] [--wrapper 'valgrind ...'] SUITE...

SUITE is one of
    unit   every program under DIR/unit (cmocka), or those of --modules only
    cases  the golden folders of tests/cases
    fuzz   every committed corpus, one case a file, through the standalone programs of DIR/fuzz
    cli    the black-box tests of the command line, tests/cli (pytest), of DIR/quoted
    api    the black-box tests over HTTP, tests/api (pytest), of DIR/quoted

A program that dies, passes its time limit or ends badly without having counted a failure counts as one failure. A suite that ran
nothing counts as one failure too. Exit status: 0 when all passed, 1 otherwise.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PYTHON = "/usr/bin/python3"  # Debian's: it has Debian's pytest, whatever else comes first on PATH
PROGRAM_SECONDS = 300  # one unit test program, valgrind included
SUITE_SECONDS = 1800
LAST_LINES = 60  # of the output of what failed
COUNT_LINE = re.compile(r"^(?:\S+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$")


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def total(self):
        return self.passed + self.failed + self.skipped

    def __str__(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def run(command, seconds, environment=None):
    """The exit status (124 past the time limit) and everything the command printed."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds,
                              env={**os.environ, **(environment or {})}, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as expired:
        output = (expired.stdout or b"").decode("utf-8", "replace")
        return 124, f"{output}\npast its time limit of {seconds} s"


def settle(name, status, output, count):
    """Makes a bad end that nothing counted into a failure, prints one line, and the output's end where something failed."""
    if status != 0 and count.failed == 0:
        count.failed += 1
    if count.total() == 0:
        count.failed += 1
        output += "\nran no test"
    print(f"{name}: {count}", flush=True)
    if count.failed:
        print(f"--- {name} ended with status {status}; the end of what it printed:")
        print("\n".join(output.splitlines()[-LAST_LINES:]))
        print("---", flush=True)
    return count


def count_cmocka(output):
    def total(pattern):
        return sum(int(number) for number in re.findall(pattern, output, re.MULTILINE))

    return Count(total(r"^\[  PASSED  \] (\d+) test"), total(r"^\[  FAILED  \] (\d+) test"), total(r"^\[  SKIPPED \] (\d+) test"))


def unit(options):
    programs = sorted(path for path in Path(options.build, "unit").glob("*/test_*") if path.suffix == "" and os.access(path, os.X_OK))
    if options.modules:
        programs = [path for path in programs if path.parent.name in options.modules.split(",")]
    count = Count()
    for program in programs:
        status, output = run([*shlex.split(options.wrapper), str(program)], PROGRAM_SECONDS, {"CMOCKA_MESSAGE_OUTPUT": "stdout"})
        count.add(settle(f"unit {program.parent.name}/{program.name}", status, output, count_cmocka(output)))
    return count


def last_count(output):
    """The counts of the last line that has them; nothing counted where no line has."""
    for line in reversed(output.splitlines()):
        match = COUNT_LINE.match(line)
        if match:
            return Count(*(int(number or 0) for number in match.groups()))
    return Count()


def cases(options):
    status, output = run([PYTHON, "tests/cases/run.py", f"{options.build}/quoted"], SUITE_SECONDS)
    return settle("cases", status, output, last_count(output))


def corpus_of(program):
    return sorted(path for path in Path("tests/fuzz/corpus", program.name.removeprefix("fuzz_")).glob("*") if path.is_file())


def fuzz(options):
    count = Count()
    for program in sorted(path for path in Path(options.build, "fuzz").glob("fuzz_*") if path.suffix == "" and os.access(path, os.X_OK)):
        files = corpus_of(program)
        status, output = run([str(program), *map(str, files)], SUITE_SECONDS)
        count.add(settle(f"corpus {program.name}", status, output, Count(passed=len(files)) if status == 0 else Count()))
    return count


def count_pytest(output):
    def number(word):
        found = re.findall(rf"(\d+) {word}", output.splitlines()[-1] if output.strip() else "")
        return int(found[-1]) if found else 0

    return Count(number("passed") + number("xfailed"), number("failed") + number("error"), number("skipped"))


def pytest(folder, options):
    command = [PYTHON, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--color=no", f"tests/{folder}"]
    environment = {"QUOTED_PROGRAM": str(Path(options.build, "quoted").resolve()), "PYTHONDONTWRITEBYTECODE": "1"}
    status, output = run(command, SUITE_SECONDS, environment)
    for line in output.splitlines():
        if line.startswith("SKIPPED"):
            print(line)
    return settle(folder, status, output, count_pytest(output.rstrip()))


def cli(options):
    return pytest("cli", options)


def api(options):
    return pytest("api", options)


SUITES = {"unit": unit, "cases": cases, "fuzz": fuzz, "cli": cli, "api": api}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--modules", default="")
    parser.add_argument("--wrapper", default="")
    parser.add_argument("suites", nargs="+", choices=SUITES)
    options = parser.parse_args()
    count = Count()
    for name in options.suites:
        counted = SUITES[name](options)
        if counted.total() == 0:
            print(f"{name}: ran no test")
            counted.failed += 1
        count.add(counted)
    print(count)
    return 1 if count.failed or count.passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
