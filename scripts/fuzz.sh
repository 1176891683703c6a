#!/bin/sh
# fuzz.sh BUILD SECONDS: lets every libFuzzer program of BUILD/fuzz search for SECONDS, beginning with its committed corpus. What it
# finds worth keeping stays under BUILD/fuzz/corpus, what breaks a target under BUILD/fuzz/findings. Status 1 where one broke, or none ran.
set -eu
cd "$(dirname "$0")/.."
build=$1
seconds=$2

passed=0
failed=0
mkdir -p "$build/fuzz/findings"
for program in "$build"/fuzz/fuzz_*; do
    [ -x "$program" ] && [ -f "tests/fuzz/$(basename "$program").c" ] || continue
    name=$(basename "$program")
    grown="$build/fuzz/corpus/$name"
    seeds="tests/fuzz/corpus/${name#fuzz_}"
    mkdir -p "$grown"
    [ -d "$seeds" ] || { echo "$name: no corpus in $seeds" >&2; failed=$((failed + 1)); continue; }
    log="$build/fuzz/$name.log"
    status=0
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz/findings/$name-" "$grown" "$seeds" </dev/null >"$log" 2>&1 || status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
    if [ "$status" -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
        echo "fuzz $name: $runs runs in $seconds s"
        passed=$((passed + 1))
    else
        echo "fuzz $name: ended with status $status after ${runs:-0} runs; from $log:"
        grep -E -A 16 'ERROR: |runtime error: |not true: ' "$log" | head -n 40 || true
        grep -E '^artifact_prefix|^Base64' "$log" || true
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
