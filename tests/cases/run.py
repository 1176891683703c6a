#!/usr/bin/python3
"""Runs the golden cases: what `quoted extract` prints for an input against what a person expects.

    run.py QUOTED [NAME...]           run all cases, or those named
    run.py --accept NAME QUOTED       write what the program prints now into the case's expected.json: read the difference before keeping it

A case is a folder with two files: input.txt, input.json or input.ndjson, and expected.json with a part of what `quoted extract` prints for
it (a list of objects where the input holds several documents). Every member that stands there must be equal:

    title, source, published, image_credit, language, ...   as printed; null where there is nothing
    text            a list of paragraphs
    authors         a list of names
    dropped         a list of texts, or of [text, why]; in order
    entities        all of them, in any order: {"name", "type"}, and where given "roles" and "mentions", a list of the texts of
                    its mentions and references
    quotes          all of them, in order: {"text"}, and where given "kind", "speaker", "speaker_text", "cue", "about"
    some_entities, some_quotes      the same, but others may be there too
    refused         true: the program must refuse the input (exit status 3)

--accept replaces the members that expected.json has already and keeps its shape; an expected.json that is not there gets everything but
entities and quotes, which a person writes. The last line is 'N passed, N failed'.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 30  # one case; sanitizers included
REFUSED = 3  # the program's exit status
PLAIN = ["title", "text", "source", "published", "authors", "image_credit", "dropped"]
QUOTE_MEMBERS = ["text", "kind", "speaker", "speaker_text", "cue", "about"]


def extract(program, case):
    """The documents that the program prints, or None where it refused the input."""
    inputs = sorted(case.glob("input.*"))
    if len(inputs) != 1:
        raise ValueError(f"one input.* is wanted, {len(inputs)} are there")
    done = subprocess.run([program, "extract", str(inputs[0])], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode == REFUSED and not done.stdout:
        return None
    if done.returncode != 0:
        raise ValueError(f"exit status {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[-2000:]}")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def simple_dropped(items, like=None):
    """As [text, why], or as texts where the expected list has texts."""
    with_why = like is None or any(isinstance(item, list) for item in like)
    return [[item["text"], item["why"]] if with_why else item["text"] for item in items]


def simple_entity(entity, like):
    simple = {"name": entity["name"], "type": entity["type"]}
    if "roles" in like:
        simple["roles"] = entity["roles"]
    if "mentions" in like:
        simple["mentions"] = [m["text"] for m in sorted(entity["mentions"] + entity["references"], key=lambda m: m["start"])]
    return simple


def simple_quote(quote, like):
    return {name: quote[name] for name in QUOTE_MEMBERS if name in like}


def found_entities(document, expected):
    """The document's entities in the order and with the members of the expected ones, then those that nobody expected."""
    rest = list(document["entities"])
    found = []
    for like in expected:
        match = next((entity for entity in rest if (entity["name"], entity["type"]) == (like["name"], like["type"])), None)
        if match:
            rest.remove(match)
            found.append(simple_entity(match, like))
    return found, [simple_entity(entity, {"mentions": []}) for entity in rest]


def found_quotes(document, expected):
    """Quotes matched by their text, first come first served."""
    rest = list(document["quotes"])
    found = []
    for like in expected:
        match = next((quote for quote in rest if quote["text"] == like["text"]), None)
        if match:
            rest.remove(match)
            found.append(simple_quote(match, like))
    return found


def actual_member(name, expected, document):
    if name == "text":
        return document["text"].split("\n\n")
    if name == "dropped":
        return simple_dropped(document["dropped"], expected)
    if name == "entities":
        found, others = found_entities(document, expected)
        return found + others
    if name == "some_entities":
        return found_entities(document, expected)[0]
    if name == "quotes":
        likes = expected + [{"text": ""}] * len(document["quotes"])
        return [simple_quote(quote, like) for quote, like in zip(document["quotes"], likes)]
    if name == "some_quotes":
        return found_quotes(document, expected)
    return document.get(name)


def show(value):
    return json.dumps(value, ensure_ascii=False)


def differences(name, expected, actual):
    """Readable lines; none where both are equal."""
    if expected == actual:
        return []
    if not (isinstance(expected, list) and isinstance(actual, list)):
        return [f"  {name}:", f"    - {show(expected)}", f"    + {show(actual)}"]
    missing, surplus = [item for item in expected if item not in actual], [item for item in actual if item not in expected]
    lines = [f"  {name}:"] + [f"    - {show(item)}" for item in missing] + [f"    + {show(item)}" for item in surplus]
    return lines if missing or surplus else [f"  {name}: the order or the number differs", f"    - {show(expected)}", f"    + {show(actual)}"]


def compare(expected, document):
    if expected.get("refused"):
        return [] if document is None else ["  refused: the program took the input"]
    if document is None:
        return ["  the program refused the input"]
    return [line for name, value in expected.items() for line in differences(name, value, actual_member(name, value, document))]


def as_list(value):
    return value if isinstance(value, list) else [value]


def run_case(program, case):
    expected = as_list(json.loads((case / "expected.json").read_text(encoding="utf-8")))
    if not any(expected):
        return ["  expected.json expects nothing"]
    documents = extract(program, case)
    documents = [None] if documents is None else documents
    if len(documents) != len(expected):
        return [f"  {len(expected)} documents were expected, {len(documents)} came"]
    return [line for one, document in zip(expected, documents) for line in compare(one, document)]


def pretty(document, indent):
    """JSON with one line for each member and for each item of a list."""
    space = " " * indent
    lines = []
    for name, value in document.items():
        if isinstance(value, list) and value:
            items = f",\n{space}    ".join(show(item) for item in value)
            lines.append(f"{show(name)}: [\n{space}    {items}\n{space}  ]")
        else:
            lines.append(f"{show(name)}: {show(value)}")
    return "{\n" + ",\n".join(f"{space}  {line}" for line in lines) + f"\n{space}}}"


def accept(program, case):
    place = case / "expected.json"
    documents = extract(program, case)
    if documents is None:
        accepted = {"refused": True}
    else:
        old = as_list(json.loads(place.read_text(encoding="utf-8"))) if place.exists() else []
        old += [{name: None for name in PLAIN}] * (len(documents) - len(old))
        accepted = [{name: actual_member(name, like, document) for name, like in one.items()} for one, document in zip(old, documents)]
    if isinstance(accepted, dict) or len(accepted) == 1:
        written = pretty(accepted if isinstance(accepted, dict) else accepted[0], 0)
    else:
        written = "[\n" + ",\n".join("  " + pretty(one, 2) for one in accepted) + "\n]"
    place.write_text(written + "\n", encoding="utf-8")
    print(f"{place.relative_to(HERE)} written: read it")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", metavar="NAME", action="append", default=[])
    parser.add_argument("program", metavar="QUOTED")
    parser.add_argument("names", metavar="NAME", nargs="*")
    options = parser.parse_args()
    for name in options.accept:
        accept(options.program, HERE / name)
    if options.accept:
        return 0
    cases = [HERE / name for name in options.names] or sorted(path for path in HERE.iterdir() if any(path.glob("input.*")))
    failed = 0
    for case in cases:
        try:
            lines = run_case(options.program, case)
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            lines = [f"  {type(error).__name__}: {error}"]
        if lines:
            failed += 1
            print(f"{case.name}:", *lines, sep="\n")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
