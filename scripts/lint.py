#!/usr/bin/python3
"""Checks what the compiler does not. lint.py [--build DIR] [--flags FLAGS] GATE...

    layers    a module includes only the modules below it, and a library's header only where that library is at home
    headers   every header compiles alone, with gcc and with clang
    sizes     no source file is longer than 600 lines
    limits    docs/OPERATIONS.md names every limit of the code with its value, and no other
    data      docs/DATA.md names every list of data/ and every reason of the cleaner
    packages  deps.sh and the Dockerfile install every library that the Makefile links
    paths     no file carries a path of one machine
    tidy      clang-tidy with .clang-tidy, which also holds every function to 80 lines
    cppcheck  cppcheck's warnings

Each gate prints what it covered and fails where that is nothing. Exit status: 0 when all hold, 1 otherwise.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FILE_LINES_MAX = 600
SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", ".pytest_cache"}

# Who may include whom, itself first: docs/ARCHITECTURE.md tells why.
MODULES = {
    "base": ["base"],
    "extract": ["extract", "base"],
    "db": ["db", "base"],
    "ingest": ["ingest", "extract", "db", "base"],
    "server": ["server", "ingest/one.h", "db", "base"],
    "cli": ["cli", "server", "ingest", "db", "base"],
    "train": ["train", "extract", "base"],
    "tools": ["tools", "extract/lexicon.h", "base"],
    "bench": ["bench", "extract", "base"],
    "tests/fuzz": ["server", "ingest", "extract", "db", "base"],
}
# What the build makes, and who may include it.
GENERATED = {"schema_sql.h": "db", "lexicon_table.h": "extract"}
# A library's header, and the files that may know it.
HOMES = {
    "microhttpd.h": r"(server/http[a-z_]*|bench/ceiling)\.[ch]$",
    "sqlite3.h": r"(db/|tests/unit/db/|bench/floor\.c$)",
    "libxml/tree.h": r"(ingest|tests/unit/ingest|tests/fuzz)/[a-z_]*html[a-z_]*\.[ch]$",
    "libxml/HTMLparser.h": r"ingest/html[a-z_]*\.[ch]$",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def tree(*suffixes):
    """Every file of the source tree with one of the suffixes (all without), outside build folders."""
    found = []
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("build"))
        found += [Path(folder, name) for name in sorted(names) if not suffixes or name.endswith(suffixes)]
    return found


def module_of(path):
    parts = path.parts
    if parts[0] == "tests" and len(parts) > 2:
        return "/".join(parts[:3]) if parts[1] == "unit" and len(parts) > 3 else "/".join(parts[:2])
    return parts[0]


def allowed_for(module):
    """A unit test sees what its module sees; server's tests play the client of every module below."""
    if module.startswith("tests/unit/"):
        tested = module.split("/")[2]
        return [*MODULES.get(tested, []), *(["extract", "ingest"] if tested == "server" else []), "tests"]
    return [*MODULES.get(module, []), "tests"] if module.startswith("tests") else MODULES.get(module)


def wrong_include(path, kind, name):
    home = HOMES.get(name) or HOMES.get(name.split("/")[0] + "/")
    if home and not re.match(home, str(path)):
        return f"<{name}> belongs to {home}"
    if kind == "<":
        return None
    module = module_of(path)
    if name in GENERATED:
        return None if GENERATED[name] in (module, module.removeprefix("tests/unit/")) else f"{name} belongs to {GENERATED[name]}"
    if "/" not in name or name.startswith(("../", "./")):
        return f'"{name}" does not name its module'
    allowed = allowed_for(module)
    if allowed is None:
        return f"module {module} is not in the table of layers"
    if any(name == door or name.startswith(door + "/") for door in allowed):
        return None
    return f'"{name}": {module} may include {", ".join(allowed)}'


def layers(_options):
    faults, count = [], 0
    files = tree(".c", ".h")
    for path in files:
        for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            count += 1
            wrong = wrong_include(path, kind, name)
            if wrong:
                faults.append(f"{path}: {wrong}")
    return f"{len(files)} files, {count} includes", count, faults


def run_all(commands):
    """(label, command, input) each, on every core; the labels of those that failed, with what they printed."""
    def run(item):
        label, command, text = item
        done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return None if done.returncode == 0 else f"{label}:\n{done.stdout.strip()}"

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [fault for fault in pool.map(run, commands) if fault]


def headers(options):
    files = tree(".h")
    commands = [(f"{path} alone with {compiler}",
                 [compiler, "-std=c17", "-fsyntax-only", *options.flags, "-include", str(path), "-x", "c", "-"], "")
                for compiler in ("gcc", "clang") for path in files]
    return f"{len(files)} headers, 2 compilers", len(files), run_all(commands)


def sizes(_options):
    files = tree(".c", ".h", ".py", ".sh")
    faults = []
    for path in files:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > FILE_LINES_MAX:
            faults.append(f"{path}: {lines} lines, {FILE_LINES_MAX} are the most")
    return f"{len(files)} files", len(files), faults


LIMIT_NAME = r"[A-Z][A-Z0-9_]*_(?:MAX|MS|SECONDS)(?:_DEFAULT)?"
LIMIT_IN_CODE = re.compile(rf"(?:#\s*define\s+|(?<![\w.>]))({LIMIT_NAME})(?:\s*=\s*|\s+)([^,;}}\n/=]+)")
LIMIT_IN_DOCS = re.compile(rf"^\| `({LIMIT_NAME})` \| ([^|]+)\|", re.MULTILINE)
NUMBER = r"[0-9][0-9a-fA-Fx]*[uUlL]*"
UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def value_in_code(text):
    """The number of a constant expression of literals; None where it is built from other names."""
    text = re.sub(rf"\b({NUMBER})\b", lambda match: match.group(1).rstrip("uUlL"), text.strip())
    return eval(text) if re.fullmatch(r"[0-9a-fx<*+() -]+", text) else None  # pylint: disable=eval-used


def value_in_docs(text):
    match = re.match(r"\s*(-?[0-9][0-9,]*)\s*(KiB|MiB|GiB)?\b", text)
    return int(match.group(1).replace(",", "")) * UNITS.get(match.group(2), 1) if match else None


def limits_in_code():
    """(name, file, value) of every limit that is named in the program's code."""
    found = []
    for path in tree(".c", ".h"):
        if path.parts[0] not in ("base", "extract", "db", "ingest", "server", "cli"):
            continue
        code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for declaration in re.findall(r"enum\s*\w*\s*\{[^}]*\}|^\s*#\s*define[^\n]*", code, re.MULTILINE):
            found += [(name, path, value_in_code(value)) for name, value in LIMIT_IN_CODE.findall(declaration)]
    return found


def limits(_options):
    """A header's limits are everybody's concern; what a .c file bounds for itself is its own."""
    code = limits_in_code()
    public = [limit for limit in code if limit[1].suffix == ".h"]
    docs = dict(LIMIT_IN_DOCS.findall(Path("docs/OPERATIONS.md").read_text(encoding="utf-8")))
    faults = [f"{path}: {name} is not in docs/OPERATIONS.md" for name, path, _ in public if name not in docs]
    faults += [f"docs/OPERATIONS.md: {name} is not in the code" for name in docs if name not in {name for name, _, _ in code}]
    compared = 0
    for name, path, value in public:
        if name in docs and value is not None:
            compared += 1
            if value != value_in_docs(docs[name]):
                faults.append(f"docs/OPERATIONS.md: {name} is {docs[name].strip()} there and {value} in {path}")
    return f"{len(public)} limits, {compared} values compared", len(public), faults


CLEAN_WHY = re.compile(r'^\s*X\(\w+, "([^"]+)"', re.MULTILINE)


def data(_options):
    """docs/DATA.md must tell where every list comes from, and what every word means by which the cleaner drops something."""
    docs = Path("docs/DATA.md").read_text(encoding="utf-8")
    names = [str(path) for path in tree(".txt", ".bin") if path.parts[0] == "data" and len(path.parts) == 2]
    words = CLEAN_WHY.findall(Path("extract/clean_why.h").read_text(encoding="utf-8"))
    faults = [f"docs/DATA.md: nothing about `{name}`" for name in [*names, *words] if f"`{name}`" not in docs]
    return f"{len(names)} lists, {len(words)} words", min(len(names), len(words)), faults


def packages(_options):
    libraries = re.search(r"^PKGS := (.*)$", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE).group(1).split()
    installed = dict(re.findall(r"^ +library (\S+) (\S+)", Path("scripts/deps.sh").read_text(encoding="utf-8"), re.MULTILINE))
    image = Path("Dockerfile").read_text(encoding="utf-8").split()
    faults = [f"scripts/deps.sh installs nothing for {name}" for name in libraries if name not in installed]
    faults += [f"Dockerfile: no {installed[name]}" for name in libraries if name in installed and installed[name] not in image]
    return f"{len(libraries)} libraries", len(libraries), faults


# In pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p/b-"]) + r")\b/?[\w.-]*")


def paths(_options):
    faults, count = [], 0
    for path in tree():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        count += 1
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) < 10000 and (match := MACHINE_PATHS.search(line)):
                faults.append(f"{path}:{number}: {match.group(0)}")
    return f"{count} text files", count, faults


# The analyzer does not know the cleanup attribute, so it sees leaks where there are none; the sanitizers and valgrind look for real ones.
TIDY_NOT_BELIEVED = re.compile(r"Potential (?:leak of memory|memory leak)")
TIDY_FINDING = re.compile(r"^(?!.*: note: ).*: (?:error|warning): .*(?:\n(?!.*: (?:error|warning|note): ).*)*", re.MULTILINE)


def tidy(options):
    files = tree(".c")
    # The analyzer walks every path of a test's asserts and never finds anything there; it takes most of the time.
    commands = [(str(path), ["clang-tidy", "--quiet", "--warnings-as-errors=*", *(["--checks=-clang-analyzer-*"] if path.parts[0] == "tests" else []),
                             str(path), "--", "-std=c17", *options.flags], "") for path in files]
    # Without the analyzer's walk to each finding, which can be longer than the file.
    findings = [finding for fault in run_all(commands)
                for finding in TIDY_FINDING.findall(fault) or [fault] if not TIDY_NOT_BELIEVED.search(finding)]
    return f"{len(files)} files", len(files), findings


# What cppcheck 2.10 does not understand of C and of the libraries' macros, or guesses at without following a call.
CPPCHECK_SUPPRESSED = ["missingIncludeSystem", "internalAstError", "unknownMacro", "uninitvar", "legacyUninitvar"]


def cppcheck(options):
    files = [str(path) for path in tree(".c") if path.parts[0] != "tests"]
    command = ["cppcheck", "--quiet", "--std=c11", "--enable=warning,performance,portability", "--inline-suppr", "--error-exitcode=1",
               *[f"--suppress={name}" for name in CPPCHECK_SUPPRESSED], "-D__GNUC__=12", f"-j{os.cpu_count() or 1}", "-I.",
               f"-I{options.build}/generated", *files]
    return f"{len(files)} files", len(files), run_all([("cppcheck", command, "")])


GATES = {"layers": layers, "headers": headers, "sizes": sizes, "limits": limits, "data": data, "packages": packages, "paths": paths, "tidy": tidy, "cppcheck": cppcheck}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--flags", type=shlex.split, default=[])
    parser.add_argument("gates", nargs="+", choices=GATES)
    options = parser.parse_args()
    failed = 0
    for name in options.gates:
        covered, count, faults = GATES[name](options)
        if count == 0:
            faults = [*faults, "covered nothing"]
        print(f"{name}: {covered}: " + (f"{len(faults)} faults" if faults else "all good"), flush=True)
        for fault in faults:
            print(fault, flush=True)
        failed += bool(faults)
    print(f"{len(options.gates) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
