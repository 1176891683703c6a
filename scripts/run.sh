#!/bin/bash
# run.sh PROGRAM DB PORT: ingests samples/ into DB and serves it until Ctrl-C, which ends with status 0.
set -eu
cd "$(dirname "$0")/.."
program=$1
db=$2
port=$3
url=http://127.0.0.1:$port

if "$program" health "$url" >/dev/null 2>&1; then
    echo "A quoted answers on $url already: stop it, or take another port with make run PORT=..." >&2
    exit 1
fi

"$program" ingest --db "$db" samples

# Waits for the daemon and prints what to try, with names that the samples really have.
greet() {
    for _ in $(seq 100); do
        if "$program" health "$url" >/dev/null 2>&1; then
            local speaker
            speaker=$(curl -s "$url/v1/entities?type=person&limit=1" | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
            cat <<TEXT

Serving $db on $url; Ctrl-C stops. In another terminal, try:

  curl '$url/v1/stats'
  curl '$url/v1/quotes?speaker=$speaker&pretty'
  curl '$url/v1/quotes?about=$speaker&limit=3&pretty'
  curl '$url/v1/entities?type=person&limit=5&pretty'
  curl '$url/v1/articles?q=minister&limit=2&pretty'

TEXT
            return
        fi
        sleep 0.1
    done
}

# With job control the daemon is the terminal's foreground job: Ctrl-C reaches it alone, and neither this script nor make, which would
# end with an error. Should this script die, the kernel tells the daemon.
set -m
greet &
greeter=$!
disown "$greeter" # the shell need not tell how it ended
status=0
if command -v setpriv >/dev/null 2>&1; then
    setpriv --pdeathsig TERM "$program" serve --db "$db" --listen "127.0.0.1:$port" || status=$?
else
    "$program" serve --db "$db" --listen "127.0.0.1:$port" || status=$?
fi
kill "$greeter" 2>/dev/null || true
if [ "$status" -ne 0 ]; then
    echo "The daemon ended with status $status. Another port is taken with: make run PORT=..." >&2
fi
exit "$status"
