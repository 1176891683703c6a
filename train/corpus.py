#!/usr/bin/python3
"""Turns the corpus of data/corpus into what the trainers and evaluators read.

  corpus.py tagged [--frames N] [--seed S] [--held] DIR    token TAB tag lines (BIO) of all documents, and N fillings of each frame
  corpus.py quotes [--held] DIR OUT                        OUT/SPLIT-like folder (text/, attributions/ in brat form, names.json) for an evaluator of quotes
  corpus.py check DIR                                      every mark-up error with file and line; counts; exit status 1 if there is any

data/corpus/README.md defines the mark-up. Documents in files named held_* are left out, or with --held the only ones.
"""
import argparse
import json
import random
import re
import sys
from pathlib import Path

TYPES = {"P": "PER", "O": "ORG", "L": "LOC"}
KINDS = {"d": "direct", "m": "mixed", "i": "indirect"}
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’.&]\w+)*(?=(?:'s|’s)\b)|(?:'s|’s)\b|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Rev|Sen|Rep|Gov|St|Inc|Corp|Ltd|Co|No|Jr|Sr)\.|\w+(?:[-'’.,&]\w+)*|\S")
SLOT = re.compile(r"<([A-Za-z]+)(\d*)(?:[:.]([a-z_]+))?>")


class MarkupError(ValueError):
    pass


def parse(marked):
    """(plain text, names [(start, end, type, number)], phrases [(start, end, key)], quotes [dict]) of one marked document."""
    plain, names, phrases, quotes, stack = [], [], [], [], []
    length = at = 0

    def emit(text):
        nonlocal length
        plain.append(text)
        length += len(text)

    while at < len(marked):
        two, one = marked[at:at + 2], marked[at]
        if two in ("[[", "]]", "{{", "}}", "||"):
            emit(one)
            at += 2
        elif one in "[{":
            stack.append((one, length, at))
            at += 1
        elif one == "/" and stack and stack[-1][0] == "[" and (found := re.match(r"/([POLpol])(\d+)\]", marked[at:])):
            _, start, _ = stack.pop()
            kind, number = found[1], int(found[2])
            if kind.isupper():
                names.append((start, length, TYPES[kind], number))
            phrases.append((start, length, kind.upper() + str(number)))
            at += found.end()
        elif one == "|" and stack and stack[-1][0] == "{":
            found = re.match(r"\|([dmi]) ([POL]\d+|-) ([^{}|\[\]]+)\}", marked[at:])
            if not found:
                raise MarkupError("a quote must end in '|kind speaker cue}': " + marked[at:at + 40])
            _, start, _ = stack.pop()
            quotes.append({"start": start, "end": length, "kind": KINDS[found[1]], "speaker": found[2] if found[2] != "-" else None,
                           "cue": found[3] if found[3] != "-" else None})
            at += found.end()
        elif one in "]}|":
            raise MarkupError("a stray '%s' near: %s" % (one, marked[max(0, at - 30):at + 10]))
        else:
            emit(one)
            at += 1
    if stack:
        raise MarkupError("never closed: " + marked[stack[-1][2]:stack[-1][2] + 40])
    return "".join(plain), sorted(names), sorted(phrases), sorted(quotes, key=lambda q: q["start"])


def documents(folder, held):
    for path in sorted((folder / "documents").glob("*.txt")):
        if path.name.startswith("held_") != held:
            continue
        for number, text in enumerate(re.split(r"(?m)^----\s*$", path.read_text(encoding="utf-8")), 1):
            lines = [re.sub(r"^[=@] ", "", line.rstrip()) for line in text.strip("\n").split("\n")]
            text = re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<!\n)\n(?!\n)", "\n\n", "\n".join(lines))).strip()
            if text:
                yield f"{path.stem}_{number}", text


def tagged_lines(plain, names):
    """Token and tag of each token of a plain text; paragraphs become sentences for the reader, which splits them again."""
    for paragraph in re.finditer(r"[^\n]+", plain):
        for token in TOKEN.finditer(paragraph[0]):
            start, end = token.start() + paragraph.start(), token.end() + paragraph.start()
            tag = "O"
            for a, b, kind, _ in names:
                if start < b and a < end:
                    tag = ("B-" if start <= a else "I-") + kind
            yield token[0], tag
        yield None, None


class Lists:
    def __init__(self, folder, rng):
        self.rng, self.people, self.slots = rng, [], {}
        for path in sorted((folder / "people").glob("*.txt")):
            rows = dict(line.split(":", 1) for line in self.lines(path))
            self.people.append({k.strip(): v.strip() for k, v in rows.items()})
        for path in sorted(folder.glob("*.txt")):
            self.slots[path.stem] = list(self.lines(path))

    @staticmethod
    def lines(path):
        return [s for s in (line.strip() for line in path.read_text(encoding="utf-8").split("\n")) if s and not s.startswith("#")]

    def person(self):
        culture = self.rng.choice(self.people)
        pick = lambda key: self.rng.choice([n.strip() for n in culture[key].split(",") if n.strip()])
        given, family = pick("given"), pick("family") if culture.get("family") else ""
        order = culture.get("order", "given family").split()
        full = " ".join(x for x in ({"given": given, "family": family}[part] for part in order) if x)
        last = given if culture.get("last") == "given" or not family else family
        return full, last

    def entry(self, slot):
        text = self.rng.choice(self.slots[slot])
        return SLOT.sub(lambda m: self.plain(m), text)

    def plain(self, match):
        kind, _, sub = match.groups()
        if kind == "P":
            full, last = self.person()
            return last if sub == "last" else full
        if kind == "number":
            return str(self.rng.randrange(2, 900))
        return self.entry(sub or kind)


def fill(frame, lists):
    """A marked text: the frame with its slots filled."""
    known = {}

    def one(match):
        kind, number, sub = match.groups()
        if kind not in ("P", "O", "L"):
            return lists.plain(match)
        key = kind + number
        if key not in known:
            known[key] = lists.person() if kind == "P" else (lists.entry(sub),) * 2
        text = known[key][sub == "last" if kind == "P" else 0]
        return "[%s/%s%s]" % (text, kind, number or "1")

    return SLOT.sub(one, frame)


def frames(folder):
    for path in sorted((folder / "frames").glob("*.txt")):
        for line in Lists.lines(path):
            yield path, line


def print_tagged(marked):
    plain, names, _, _ = parse(marked)
    print("-DOCSTART-\tO\n")
    for token, tag in tagged_lines(plain, names):
        print(f"{token}\t{tag}" if token else "")


def command_tagged(args):
    rng = random.Random(args.seed)
    for _, text in documents(args.folder, args.held):
        print_tagged(text)
    if args.held or not args.frames:
        return
    lists = Lists(args.folder / "lists", rng)
    filled = [fill(line, lists) for _, line in frames(args.folder) for _ in range(args.frames)]
    rng.shuffle(filled)
    for first in range(0, len(filled), 6):          # some frames side by side make a document
        print_tagged("\n\n".join(filled[first:first + 6]))


def command_quotes(args):
    for name in ("text", "attributions"):
        (args.out / name).mkdir(parents=True, exist_ok=True)
    table = {}
    for name, text in documents(args.folder, args.held):
        plain, names, phrases, quotes = parse(text)
        (args.out / "text" / f"{name}.txt").write_text(plain, encoding="utf-8")
        fullest = {}
        for a, b, kind, number in names:
            key = {v: k for k, v in TYPES.items()}[kind] + str(number)
            fullest[key] = max(fullest.get(key, ""), plain[a:b], key=len)
        rows, table[name] = [], {}
        for n, quote in enumerate(quotes, 1):
            inside = [(quote["start"], quote["end"])]
            near = [p for p in phrases if p[2] == quote["speaker"] and not (quote["start"] <= p[0] < quote["end"])]
            near.sort(key=lambda p: min(abs(p[0] - quote["end"]), abs(quote["start"] - p[1])))
            rows.append(f"T{n}0\tContent {inside[0][0]} {inside[0][1]}\t-")
            event = f"E{n}\tAttribution:T{n}0 Content:T{n}0"
            if near:
                a, b, key = near[0]
                rows.append(f"T{n}1\tSource {a} {b}\t-")
                event += f" Source:T{n}1"
                if key in fullest:
                    last = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", fullest[key])
                    table[name][f"{a} {b}"] = [last[-1].lower() if last else None, "explicit"]
            if quote["cue"]:
                rows.append(f"T{n}2\tCue 0 0\t{quote['cue']}")
                event += f" Cue:T{n}2"
            rows.append(event)
        (args.out / "attributions" / f"{name}_own.ann").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (args.out / "names.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def command_check(args):
    bad = sentences = names = quotes = 0
    lists = Lists(args.folder / "lists", random.Random(1))
    distinct = set()
    for held in (False, True):
        for name, text in documents(args.folder, held):
            try:
                plain, found, _, said = parse(text)
            except MarkupError as error:
                print(f"{name}: {error}")
                bad += 1
                continue
            distinct.update(re.split(r"(?<=[.!?][\"'”’)])\s+|(?<=[.!?])\s+|\n+", plain))
            names, quotes = names + len(found), quotes + len(said)
    for path, line in frames(args.folder):
        try:
            parse(fill(line, lists))
        except (MarkupError, KeyError, IndexError) as error:
            print(f"{path}: {error!r}: {line[:80]}")
            bad += 1
        distinct.update(re.split(r"(?<=[.!?][\"'”’)])\s+|(?<=[.!?])\s+", line))
    sentences = sum(len(s.split()) >= 3 for s in distinct)
    print(f"{sentences} distinct sentences, {names} names and {quotes} quotes in documents, {bad} errors")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["tagged", "quotes", "check"])
    parser.add_argument("folder", type=Path, help="data/corpus")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--frames", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held", action="store_true")
    args = parser.parse_args()
    return {"tagged": command_tagged, "quotes": command_quotes, "check": command_check}[args.command](args)


if __name__ == "__main__":
    sys.exit(main())
