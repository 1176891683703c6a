#!/usr/bin/python3
"""Measures the extraction against annotated articles and pages and prints every figure beside its floor and goal.

    eval.py [--sample K/N] [--examples N] PROGRAM SHARED
    eval.py feed PROGRAM LIST

SHARED/gold holds the annotated sets, SHARED/eval the evaluators; neither belongs to this repository. A set that is absent is left out with a
word; without any there is nothing to measure, which is an error. The summary is a Markdown table, as docs/DATA.md keeps it.

--sample K/N    of quotes/train, every N-th article from the K-th on (default 0/1: all)
--examples N    so many examples of each kind of error

feed is what the quotes' evaluator calls: one line for each path of LIST, an empty article for one that was refused.
"""

import argparse
import collections
import json
import re
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

PYTHON = "/usr/bin/python3"
AT_ONCE = 2
EMPTY = json.dumps({"text": "", "entities": [], "quotes": []})
PRONOUNS = set("he she they it we i you who him her them his their its himself herself themselves which that this".split())
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
SURE_COVERAGE = 0.75  # of the quotes: how many the top tier must hold
SURE_RIGHT = 0.985  # of the top tier: how many must be right


WRONG = "wrong speaker: "

# Floors are what throw-away prototypes and published systems reached, goals what this project wants: of quotes, names, pages. Some were measured
# on another set of the same kind, which the word behind them says.

QUOTE_FIGURES = [
    ("quoted", "F1", "detection F1"),
    ("long", "F1", "detection F1, six words or more"),
    ("quoted", "speaker_either", "speaker right"),
    ("long", "speaker_either", "speaker right, six words or more"),
    ("quoted", "speaker_strict", "speaker's resolved name right"),
    ("quoted", "e2e_F1", "found and speaker right, F1"),
    ("long", "e2e_F1", "found and speaker right, F1, six words or more"),
    ("indirect", "P", "indirect: precision"),
    ("indirect", "speech_R", "indirect: recall over speech cues"),
]
QUOTE_BARS = {
    "train": (["96.3", "99.3", "92.6", "93.9", "87.2", "88.9", "93.1", "73", "71"],
              ["97.5", "99.5", "96", "97", "91.5", "93", "96", "82", "82"]),
    "worldwide": (["", "", "", "", "", "", "", "", ""],
                  ["97", "99", "95", "", "90", "92", "95", "80", "80"]),
}
NAME_BARS = {"worldwide": ("74.0", "82"), "gum": ("", "")}
TIER_BARS = {"train": ("98.2 (60 %)", "98.5"), "worldwide": ("", "98.5")}
PAGE_BARS = {
    "readability": ("0.958 (trafilatura, other pages)", "0.97"),
    "segments": ("", ""),
    "precision": ("0.908 (htmldate, other pages)", "0.94"),
    "accuracy": ("0.903 (htmldate, other pages)", ""),
    "date_f1": ("0.949 (htmldate, other pages)", "0.95"),
}


@dataclass
class Report:
    """What one set gave: rows (figure, reached, floor, goal), and text for a person."""
    title: str
    rows: list = field(default_factory=list)
    text: list = field(default_factory=list)

    def row(self, name, reached, bars=("", "")):
        self.rows.append((name, reached, *bars))


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode()


# --- feeding -------------------------------------------------------------------------------------------------------------------------

def feed(program, listed):
    """Refused documents are named on standard error, 'PATH: reason'; the others come in order."""
    paths = [line for line in Path(listed).read_text(encoding="utf-8").splitlines() if line]
    done = subprocess.run([program, "extract", "--whole", "--format", "text", "--files-from", "-"], input="\n".join(paths).encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    refused = {path for path in paths if f"{path}:" in done.stderr.decode("utf-8", "replace")}
    lines = iter(done.stdout.decode().splitlines())
    for path in paths:
        print(EMPTY if path in refused else next(lines))
    return 0 if done.returncode in (0, 3) and next(lines, None) is None else 1


# --- quotes --------------------------------------------------------------------------------------------------------------------------

def path_of(quote):
    """How the speaker was found, as far as the output tells."""
    if quote.get("rule"):
        return quote["rule"]
    text = quote.get("speaker_text") or ""
    if not text:
        return f"{quote['kind']}, " + ("speaker without a mention" if quote.get("speaker") else "nobody named")
    words = [word.lower() for word in WORD.findall(text)]
    named = {word.lower() for word in WORD.findall(quote.get("speaker") or "")}
    form = "pronoun" if words and words[0] in PRONOUNS else "name" if named & set(words) else "phrase"
    if not quote.get("cue"):
        return f"{quote['kind']}, {form} without cue"
    side = "before" if quote["speaker_start"] < quote["start"] else "behind"
    return f"{quote['kind']}, {form} with cue, {side}"


def reliability(log):
    """Of the quotes found: what was stated, and the share that was right; those that are none of the annotators' count beside."""
    edges = [0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01]
    lines = ["| confidence | quotes found | stated | right | no quote at all |", "| --- | --- | --- | --- | --- |"]
    off = total = 0
    for low, high in zip(edges, edges[1:]):
        here = [entry for entry in log if entry["found"] and low <= entry["q"]["confidence"] < high]
        gold = [entry for entry in here if entry["gold"]]
        if not here:
            continue
        stated = sum(entry["q"]["confidence"] for entry in gold) / len(gold) if gold else 0
        right = sum(entry["ok"] for entry in gold) / len(gold) if gold else 0
        off += len(gold) * abs(stated - right)
        total += len(gold)
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(gold)} | {stated:.2f} | {right:.2f} | {len(here) - len(gold)} |")
    return [*lines, f"mean distance of stated and right: {off / max(1, total):.3f}"]


def top_tier(log):
    """(threshold, coverage, share right) where coverage is reached, and the widest coverage that is right often enough."""
    gold = sorted((entry for entry in log if entry["gold"] and entry["found"]), key=lambda entry: -entry["q"]["confidence"])
    right, at, wide = 0, None, None
    for number, entry in enumerate(gold, 1):
        right += entry["ok"]
        last = number == len(gold) or gold[number]["q"]["confidence"] != entry["q"]["confidence"]
        here = (entry["q"]["confidence"], number / len(gold), right / number)
        if last and at is None and here[1] >= SURE_COVERAGE:
            at = here
        if last and here[2] >= SURE_RIGHT:
            wide = here
    return at, wide


def confusion(log, examples):
    """Kinds of error, most frequent first."""
    found = collections.Counter(path_of(entry["q"]) for entry in log if entry["found"] and entry["gold"])
    errors = collections.defaultdict(list)
    for entry in log:
        words = len(WORD.findall(entry["quote"]))
        size = "one or two words" if words < 3 else "three to five words" if words < 6 else "six words or more"
        if entry["gold"] and not entry["found"]:
            errors[f"missed, {size}"].append(entry)
        elif entry["found"] and not entry["gold"]:
            errors[f"no quote (scare quote, title), {size}"].append(entry)
        elif entry["gold"] and not entry["ok"]:
            errors[WRONG + path_of(entry["q"])].append(entry)
        elif entry["gold"] and not entry["strict"]:
            errors["right mention, another name"].append(entry)
    lines = ["| kind of error | how many |", "| --- | --- |"]
    for kind, entries in sorted(errors.items(), key=lambda item: -len(item[1])):
        share = f" of {found[kind.removeprefix(WRONG)]}" if kind.startswith(WRONG) else ""
        lines.append(f"| {kind} | {len(entries)}{share} |")
        for entry in entries[:examples]:
            said = entry["q"] or {}
            lines.append(f"    {entry['file']}: {entry['quote'][:80]!r} by {entry['src'] or entry['gname']}"
                         f" got {said.get('speaker')!r} ({said.get('speaker_text')!r}, {said.get('cue')!r}, {said.get('confidence')})")
    return lines


def measure_quotes(options, split, sample, scratch):
    log_path, json_path = scratch / f"{split}.log", scratch / f"{split}.json"
    command = f"{PYTHON} {Path(__file__).resolve()} feed {options.program} {{list}}"
    run([PYTHON, options.shared / "eval/quotes.py", options.shared / "gold/quotes", split, "--sample", sample, "--cmd", command,
         "--log", log_path, "--json", json_path])
    result = json.loads(json_path.read_text())
    log = [json.loads(line) for line in log_path.read_text().splitlines()]
    report = Report(f"quotes/{split}, {result['articles']} articles")
    floors, goals = QUOTE_BARS[split]
    for (track, key, name), floor, goal in zip(QUOTE_FIGURES, floors, goals):
        reached = result[track][key]
        report.row(name, "-" if reached is None else f"{reached:.1f}", (floor, goal))
    at, wide = top_tier(log)
    if at:
        report.row(f"top tier: right among the surest {100 * at[1]:.0f} % (confidence {at[0]:.2f} and more)", f"{100 * at[2]:.1f}", TIER_BARS[split])
    report.row(f"share of quotes that is {100 * SURE_RIGHT:.1f} % right", f"{100 * wide[1]:.0f} %" if wide else "none", ("", "75 %"))
    report.text += ["reliability of the confidence", *reliability(log), "", "what is left", *confusion(log, options.examples)]
    return report


# --- names and pages -----------------------------------------------------------------------------------------------------------------

def last_figure(output, name):
    return re.findall(rf"{name} ([0-9.]+)", output)[-1]


def measure_names(options, gold):
    output = run([PYTHON, options.shared / "eval/ner.py", "--gold", gold, "--errors", str(options.examples),
                  "--command", f"{options.program} extract --whole --format text -"])
    report = Report(f"names/{gold.stem}")
    figure = float(last_figure(output, "ner_f1"))
    report.row("exact span and type, F1", f"{figure * 100 if figure <= 1 else figure:.1f}", NAME_BARS.get(gold.stem, ("", "")))
    report.text += output.splitlines()
    return report


def measure_body(options, kind):
    output = run([PYTHON, options.shared / "eval/body.py", f"--{kind}", options.shared / "gold/pages" / kind, "--worst", str(options.examples),
                  "--command", f"{options.program} extract --format html -"])
    report = Report(f"pages/{kind}")
    report.row("body, F1", last_figure(output, "F1"), PAGE_BARS[kind])
    report.text += output.splitlines()
    return report


def measure_dates(options):
    output = run([PYTHON, options.shared / "eval/dates.py", "--pages", options.shared / "gold/pages/dates", "--worst", str(options.examples),
                  "--command", f"{options.program} extract --format html -"])
    report = Report("pages/dates")
    for name in ("precision", "accuracy", "date_f1"):
        report.row("date, F1" if name == "date_f1" else f"date, {name}", f"{float(last_figure(output, name)):.3f}", PAGE_BARS[name])
    report.text += output.splitlines()
    return report


def reads_html(program):
    page = b"<!DOCTYPE html><html><head><title>Mill</title></head><body><p>Orla Fenn said the mill of Velden would close today.</p></body></html>"
    done = subprocess.run([program, "extract", "--format", "html", "-"], input=page, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0 and b"Orla Fenn" in done.stdout


def measure_speed(options, folder):
    """Processor time of one run over all texts of a set, printing included: what others do on the machine does not count."""
    paths = sorted(folder.glob("*.txt"))
    size = sum(path.stat().st_size for path in paths)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([options.program, "extract", "--whole", "--format", "text", "--files-from", "-"], input="\n".join(map(str, paths)).encode(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = Report("speed, one core, with printing")
    report.row("articles of 4 KB a second", f"{size / 4096 / seconds:.0f}", ("", "700"))
    report.row("MB a second", f"{size / 1e6 / seconds:.1f}")
    report.text.append(f"{len(paths)} articles, {size} bytes, {seconds:.2f} s of processor time; bench/extract measures without files and printing")
    return report


# --- all ------------------------------------------------------------------------------------------------------------------------------

def plan(options, scratch):
    """(name, whether it is there, what to call) of every set, the longest first."""
    gold = options.shared / "gold"
    html = reads_html(options.program)
    for kind in ("readability", "segments"):
        yield f"pages/{kind}", html and (gold / "pages" / kind).is_dir(), lambda kind=kind: measure_body(options, kind)
    yield "pages/dates", html and (gold / "pages/dates/dates.json").exists(), lambda: measure_dates(options)
    for split, sample in (("train", options.sample), ("worldwide", "0/1")):
        yield (f"quotes/{split}", (gold / "quotes" / split / "text").is_dir(),
               lambda split=split, sample=sample: measure_quotes(options, split, sample, scratch))
    names = sorted((gold / "entities/dev").glob("*.tsv"))
    for path in names or [gold / "entities/dev/worldwide.tsv"]:
        yield f"names/{path.stem}", path.exists(), lambda path=path: measure_names(options, path)


def measure_all(options):
    reports, failures = [], []
    with tempfile.TemporaryDirectory(prefix="quoted-eval-") as scratch, ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = []
        for name, there, call in plan(options, Path(scratch)):
            if there:
                waiting.append((name, pool.submit(call)))
            else:
                print(f"{name}: left out; it is not there, or this program does not read it", flush=True)
        for name, job in waiting:
            try:
                reports.append(job.result())
            except (RuntimeError, ValueError, LookupError, OSError) as error:
                failures.append(f"{name}: {error!r}")
    texts = options.shared / "gold/quotes/train/text"
    if texts.is_dir():
        reports.append(measure_speed(options, texts))
    return sorted(reports, key=lambda report: report.title), failures


def print_reports(reports):
    for report in reports:
        print(f"\n## {report.title}\n")
        print("\n".join(report.text))
    print("\n## summary\n\n| set | figure | reached | floor | goal |\n| --- | --- | --- | --- | --- |")
    for report in reports:
        for row in report.rows:
            print(f"| {report.title} | " + " | ".join(row) + " |")


def main():
    if sys.argv[1:2] == ["feed"] and len(sys.argv) == 4:
        return feed(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", default="0/1")
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("program", type=lambda text: Path(text).resolve())
    parser.add_argument("shared", type=lambda text: Path(text).resolve())
    options = parser.parse_args()
    if not (options.shared / "gold").is_dir() or not (options.shared / "eval").is_dir():
        print(f"eval.py: no gold and eval folders in {options.shared}; name their folder with SHARED=", file=sys.stderr)
        return 1
    reports, failures = measure_all(options)
    if reports:
        print_reports(reports)
    for failure in failures:
        print(failure, file=sys.stderr)
    if not reports and not failures:
        print(f"eval.py: {options.shared}/gold has none of the sets", file=sys.stderr)
    return 1 if failures or not reports else 0


if __name__ == "__main__":
    sys.exit(main())
