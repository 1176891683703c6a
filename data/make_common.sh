#!/bin/sh
# Makes data/common.txt again: the words that stand in lower case, outside of names, at least three times in the token files given as
# arguments ("token TAB tag", BIO). The committed list was made from the texts of WikiGold (CC BY 4.0), GUM (CC BY and CC BY-SA), CrossNER
# (MIT) and Re-DocRED (MIT). Usage: data/make_common.sh FILE...
set -eu
out="$(cd "$(dirname "$0")" && pwd)/common.txt"
python3 - "$@" >"$out.new" <<'PYTHON'
import collections, re, sys

lower, other = collections.Counter(), collections.Counter()
for path in sys.argv[1:]:
    for line in open(path, encoding="utf-8"):
        cells = line.split()
        if len(cells) < 2:
            continue
        word, tag = cells[0], cells[-1]
        if re.fullmatch(r"[a-z]+(?:[-'][a-z]+)*", word) and tag == "O":
            lower[word] += 1
        elif tag != "O":
            other[word.lower()] += 1
print("# Words of English that stand in lower case at least three times in WikiGold (CC BY 4.0), GUM (CC BY, CC BY-SA), CrossNER (MIT) and")
print("# Re-DocRED (MIT), and there more often so than in names; made by data/make_common.sh.")
print("= COMMON")
line = ""
for word in sorted(w for w, n in lower.items() if n >= 3 and 2 * n >= other[w] and len(w) > 1):
    if len(line) + len(word) > 136:
        print(line)
        line = ""
    line += ", " + word if line else word
print(line)
PYTHON
mv "$out.new" "$out"
