#!/bin/sh
# eval.sh PROGRAM SHARED: measures the extraction against the annotated articles of SHARED/gold with the evaluators of SHARED/eval.
# Neither belongs to this repository; without them there is nothing to measure, which is an error.
set -eu
cd "$(dirname "$0")/.."
program=$(pwd)/$1
shared=$2
python=/usr/bin/python3

if [ ! -d "$shared/gold" ] || [ ! -d "$shared/eval" ]; then
    echo "eval.sh: no gold and eval folders in $shared; name their folder with SHARED=" >&2
    exit 1
fi

echo "== quotes: 60 articles of twelve countries"
"$python" "$shared/eval/quotes.py" "$shared/gold/quotes" worldwide --cmd "$program extract --whole --format text {file}"
for gold in "$shared"/gold/entities/dev/*.tsv; do
    echo "== names: $(basename "$gold")"
    "$python" "$shared/eval/ner.py" --gold "$gold" --command "$program extract --whole --format text -"
done
