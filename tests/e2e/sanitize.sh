# Does `sekisho sanitize` say by its exit code, its JSON and its files what happened, without any daemon?
. "$(dirname "$0")/lib.sh" || exit 1
in=$root/in out=$root/out
mkdir -p "$in/deep/er"
printf 'hello\n' >"$in/a.txt"
printf 'n,v\r\nx,1\r\n' >"$in/deep/table.csv"
printf 'deepest\n' >"$in/deep/er/a.txt"
ln -s /etc/passwd "$in/link.txt"
printf '#!/bin/sh\n' >"$root/run.sh"
run() { # EXIT-CODE ARGUMENT...
    local wanted=$1 code
    shift
    LC_ALL=C timeout 100 "$SEKISHO_BIN_DIR/sekisho" sanitize "$@" >"$root/stdout" 2>"$root/stderr"
    code=$?
    equal "$code" "$wanted" "sekisho sanitize $*: $(cat "$root/stdout" "$root/stderr")"
}

# 0: all delivered. A directory keeps its shape; a link is not followed; every output has its receipt.
run 0 "$in" --out "$out"
equal "$(cd "$out" && find . -type f | LC_ALL=C sort | tr '\n' ' ')" \
    './a.txt ./a.txt.receipt.json ./deep/er/a.txt ./deep/er/a.txt.receipt.json ./deep/table.csv ./deep/table.csv.receipt.json ' "the files"
equal "$(cat "$out/deep/er/a.txt")" deepest "the content"
[[ $(find "$out" -name '.sekisho*') ]] && fail "temporary files are left"
run 0 "$in/a.txt" --out "$out"
equal "$(cat "$out/a (2).txt")" hello "nothing is replaced"

# 10: something was refused; it leaves a receipt and no file. The others are delivered all the same.
run 10 "$root/run.sh" "$in/a.txt" --out "$root/mixed" --json
equal "$(wc -l <"$root/stdout")" 2 "one line for each input"
[[ -e $root/mixed/run.sh ]] && fail "a script was delivered"
[[ -s $root/mixed/run.sh.receipt.json && -s $root/mixed/a.txt && -s $root/mixed/a.txt.receipt.json ]] || fail "receipts are missing"
python3 - "$root/stdout" "$root/mixed" <<'PYTHON' || fail "the JSON's shape"
import hashlib, json, sys
keys = {"input", "output", "type", "type_out", "level", "verdict", "reason", "message", "help", "findings",
        "findings_omitted", "scanned", "sha256_in", "sha256_out", "bytes_in", "bytes_out", "millis", "version"}
rows = {row["input"].rsplit("/", 1)[1]: row for row in map(json.loads, open(sys.argv[1]))}
for row in rows.values():
    assert set(row) == keys, set(row) ^ keys
    assert row["sha256_in"] == hashlib.sha256(open(row["input"], "rb").read()).hexdigest()
good, bad = rows["a.txt"], rows["run.sh"]
assert good["verdict"] == "delivered" and good["reason"] is None and good["type"] == "text", good
assert good["sha256_out"] == hashlib.sha256(open(good["output"], "rb").read()).hexdigest()
assert bad["verdict"] == "refused" and bad["reason"] == "type.executable" and bad["output"] is None, bad
assert bad["sha256_out"] is None and bad["message"] and bad["help"]
receipt = json.load(open(sys.argv[2] + "/run.sh.receipt.json"))
assert receipt.pop("receipt") == "sekisho sanitize 1" and receipt == bad
PYTHON

# 1: the environment failed. 2: words that are not understood.
run 1 "$in/nothing.txt" --out "$root/none"
run 2 "$in/a.txt"
printf x >"$root/plain-file"
run 1 "$in/a.txt" --out "$root/plain-file"
mkdir "$root/frozen"
mount -t tmpfs -o ro none "$root/frozen" 2>/dev/null && {
    run 1 "$in/a.txt" --out "$root/frozen"
    umount "$root/frozen"
}

# Limits are verdicts; jobs do not change the outcome; names that are no options can be given.
printf 'bytes_in = 4\n' >"$root/limits.toml"
sekisho sanitize --help | grep bytes_in >/dev/null || fail "limits are not in the help"
minimum=$(LC_ALL=C sekisho sanitize x --out "$root/x" --limits "$root/limits.toml" 2>&1 | sed -n 's/.*from \([0-9]*\) to.*/\1/p')
printf 'bytes_in = %s\n' "${minimum:-4}" >"$root/limits.toml"
head -c $((${minimum:-4} + 1)) /dev/zero | tr '\0' a >"$root/long.txt"
run 10 "$root/long.txt" --out "$root/limited" --limits "$root/limits.toml" --json
contains "$(cat "$root/stdout")" '"reason":"limit.bytes"' "a limit that is reached"
mkdir "$root/many"
for n in {1..40}; do echo "file $n" >"$root/many/$n.txt"; done
run 0 "$root/many" --out "$root/many-out" --jobs 4 --json
equal "$(wc -l <"$root/stdout")" 40 "lines"
for n in {1..40}; do equal "$(cat "$root/many-out/$n.txt")" "file $n" "file $n of many"; done
echo dash >"$root/-dash.txt"
(cd "$root" && LC_ALL=C timeout 60 "$SEKISHO_BIN_DIR/sekisho" sanitize --out dashed -- -dash.txt >/dev/null 2>&1) || fail "a name with a dash"

# Characters only, for the kinds that have them.
printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD' '-ANTIVIRUS-TEST-FILE!$H+H*' >"$root/eicar.txt"
run 10 "$root/eicar.txt" --out "$root/scanned" --json --signatures "$SEKISHO_SOURCE_DIR/gateway/scanner/signatures"
contains "$(cat "$root/stdout")" '"reason":"scan.infected"' "the scan"
contains "$(cat "$root/stdout")" '"scanned":true' "the scan is told"
mkdir "$root/empty"
run 1 "$in/a.txt" --out "$root/unscanned" --json --signatures "$root/empty"
[[ -e $root/unscanned/a.txt ]] && fail "delivered without the scan that was asked for"
# Without the programs of its workers the command says so, for every file, and ends.
mkdir "$root/alone" && cp "$SEKISHO_BIN_DIR/sekisho" "$root/alone/"
LC_ALL=C timeout 60 "$root/alone/sekisho" sanitize "$root/many" --out "$root/alone-out" --json >"$root/stdout" 2>/dev/null
equal "$?" 1 "a missing sanitiser"
equal "$(grep -c '"reason":"worker.unavailable"' "$root/stdout")" 40 "files without a sanitiser"
# A worker that is killed from outside, as by a machine without memory, gets a second try; a file that kills two is at fault.
yes 'a line of a long text' 2>/dev/null | head -c 200000000 >"$root/long.txt"
working() { # PROCESS [DEPTH]: the workers below it (program, zygote, waiter, worker) that have worked for 50 ms
    local process
    for process in $(ps -o pid= --ppid "$1"); do working "$process" $((${2:-0} + 1)); done
    ((${2:-0} >= 3 && $(cut -d ' ' -f 14 "/proc/$1/stat") >= 5)) && echo "$1"
}
kill_workers() { # HOW-MANY, PROCESS
    local left=$1 found
    while ((left > 0)) && kill -0 "$2" 2>/dev/null; do
        found=$(working "$2" 2>/dev/null | head -n 1)
        [[ $found ]] && kill -9 "$found" 2>/dev/null && left=$((left - 1))
        sleep 0.02
    done
    equal "$left" 0 "workers left to kill"
}
for times in 1 2; do
    LC_ALL=C "$SEKISHO_BIN_DIR/sekisho" sanitize "$root/long.txt" --out "$root/killed-$times" --jobs 1 --json >"$root/stdout" &
    job=$!
    kill_workers "$times" "$job"
    wait "$job"
    equal "$?" "$((times == 1 ? 0 : 10))" "killed $times times: $(cat "$root/stdout")"
done
cmp -s "$root/long.txt" "$root/killed-1/long.txt" || fail "the second try's content"
contains "$(cat "$root/stdout")" '"reason":"worker.died"' "two killed workers"
rm "$root/long.txt" "$root/killed-1/long.txt"
if [[ -d ${SEKISHO_CORPUS:-} ]]; then
    for type in docx xlsx pptx pdf; do
        sample=$(find "$SEKISHO_CORPUS" -name "*.$type" -size -200k | LC_ALL=C sort | head -n 1)
        [[ $sample ]] || continue
        LC_ALL=C timeout 60 "$SEKISHO_BIN_DIR/sekisho" sanitize "$sample" --level text --out "$root/text-$type" --json >"$root/stdout" 2>&1
        code=$?
        [[ $code == 0 || $code == 10 ]] || fail "$sample as text: $code $(cat "$root/stdout")"
        contains "$(cat "$root/stdout")" '"level":"text"' "$sample as text"
        ((code == 10)) || contains "$(cat "$root/stdout")" '"type_out":"text"' "$sample as text"
    done
fi
exit 0
