#!/bin/sh
# ingest.sh PROGRAM ARTICLES FOLDER: ingests a file of articles, one JSON object a line, in ten parts into FOLDER/bench.db, and prints
# documents and MB a second of the whole path (read, clean, extract, index, durable commit), of the first tenth and of the last, and what
# the database weighs beside the text in it. Each part is one run of the program, its start and its end included in none of the figures.
set -eu
program=$1
articles=$2
folder=$3
db=$folder/bench.db

rm -rf "$db" "$db-wal" "$db-shm" "$folder/parts"
mkdir -p "$folder/parts"
trap 'rm -rf "$folder/parts"' EXIT
split -n l/10 "$articles" "$folder/parts/part."

# {"documents":N,...,"bytes":N,"seconds":N,...} as "documents bytes seconds"
numbers() { sed -E 's/.*"documents":([0-9]+).*"bytes":([0-9]+).*"seconds":([0-9.]+).*/\1 \2 \3/'; }
for part in "$folder"/parts/part.*; do
    summary=$("$program" ingest --json --quiet --db "$db" "$part") || [ $? -eq 3 ] # 3: documents were refused, which is told below
    echo "$summary" | numbers
    echo "$summary" | sed -nE 's/.*"refused":([1-9][0-9]*).*/ingest: \1 documents were refused/p' >&2
done | awk '
    { documents += $1; bytes += $2; seconds += $3; rate[NR] = $1 / $3; line = line sprintf(" %.0f", rate[NR]) }
    END {
        printf "ingest, whole path: %d articles of %.1f KB: %.0f articles/s, %.2f MB/s\n", documents, bytes / documents / 1e3, documents / seconds, bytes / seconds / 1e6
        printf "by tenths, articles/s:%s; the last took %.2f times as long as the first\n", line, rate[1] / rate[NR]
    }'

/usr/bin/python3 - "$db" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
one = lambda sql: db.execute(sql).fetchone()[0]
text = one("SELECT sum(length(CAST(text AS BLOB))) FROM article")
whole = one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
sizes = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
originals = sum(size for name, size in sizes if name.startswith("original"))
print(f"database: {whole / 1e6:.1f} MB over {text / 1e6:.1f} MB of stored text: {whole / text:.2f} times, {(whole - originals) / text:.2f} without originals")
print("largest: " + ", ".join(f"{name} {size / text:.2f}" for name, size in sizes[:8]) + " (times the text)")
PYTHON
