# Does the demonstration say clearly what it needs, end with the right code, and leave nothing behind however it is ended?
. "$(dirname "$0")/lib.sh" || exit 1
free_ports
demo=("$SEKISHO_BIN_DIR/sekisho" demo --share "$SEKISHO_SOURCE_DIR" --port "$first_port")
export LC_ALL=C
place=$root/demo
running() { grep -lsz -- "$place/sekisho[.]toml" /proc/[0-9]*/cmdline; } # not itself
left_behind() { # WHAT
    local still
    still=$(running)
    [[ -z $still ]] || fail "$1: still there: $still"
    still=$(find "$place/run" -type s 2>/dev/null)
    [[ -z $still ]] || fail "$1: sockets: $still"
}
echo hello >"$root/memo.txt"
printf '%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-' 'TEST-FILE!$H+H*' >"$root/virus.txt"

# A folder that only its owner can enter keeps the processes out, which have users of their own.
mkdir -m 700 "$place"
said=$("${demo[@]}" --state "$place" --once --out "$root/out" "$root/memo.txt" 2>&1)
equal $? 3 "a folder of mode 0700: $said"
contains "$said" "chmod o+x $place" "what to do is said"
left_behind "after the refusal"
chmod 755 "$place"
mkdir -m 700 "$root/closed"
said=$("${demo[@]}" --state "$root/closed/demo" --once --out "$root/out" "$root/memo.txt" 2>&1)
equal $? 3 "below a folder of mode 0700: $said"
contains "$said" "chmod o+x $root/closed" "the folder is named"
# What it makes itself can be entered, whatever the caller's mask.
(umask 077; "${demo[@]}" --state "$place" --once --out "$root/out" "$root/memo.txt" >"$root/said" 2>>"$log")
equal $? 0 "one file that passes: $(cat "$root/said")"
left_behind "after --once"
receipt=("$root/out"/memo*.receipt.json)
equal "$(cat "$root/out/memo.txt")" hello "what arrived"

# Its receipt verifies offline, and nothing that was changed does.
verify() { "$SEKISHO_BIN_DIR/sekisho" receipt verify "$@" --key "$place/state/keys/audit.pub" >"$root/said" 2>&1; }
verify "$receipt" "$root/out/memo.txt" || fail "the receipt: $(cat "$root/said")"
contains "$(cat "$root/said")" "stands in the audit log" "the receipt is proved"
verify "$receipt" "$root/virus.txt"
equal $? 10 "another file"
sed 's/"bytes":6/"bytes":7/' "$receipt" >"$root/changed.json"
cmp -s "$receipt" "$root/changed.json" && fail "nothing was changed"
verify "$root/changed.json"
equal $? 10 "a changed receipt"
contains "$(cat "$root/said")" "was changed" "it is said"
sed 's/,"signature":.*/}/' "$receipt" >"$root/changed.json"
verify "$root/changed.json"
equal $? 10 "a receipt without its signature"
"$SEKISHO_BIN_DIR/sekisho" receipt verify "$receipt" --key "$place/state/keys/verifier.pub" >/dev/null 2>&1
equal $? 10 "another key"

"${demo[@]}" --state "$place" --once --out "$root/out" "$root/memo.txt" "$root/virus.txt" >"$root/said" 2>>"$log"
equal $? 10 "one file that is refused: $(cat "$root/said")"
contains "$(cat "$root/said")" scan.infected "the reason"
left_behind "after a refusal"

# Ctrl-C, as a terminal sends it: to the whole group. A second run works at once.
start_demo() { # ARGUMENT...
    : >"$root/said"
    setsid "${demo[@]}" --state "$place" --out "$root/out" "$@" >"$root/said" 2>>"$log" &
    started=$!
}
for turn in 1 2; do
    start_demo "$root/memo.txt"
    waits_until 60 grep -q "Press Ctrl-C" "$root/said" || fail "turn $turn: it does not run: $(cat "$root/said")"
    kill -INT -- "-$started"
    wait $started
    equal $? 0 "turn $turn: ended by Ctrl-C"
    left_behind "turn $turn, after Ctrl-C"
done
# In the middle of everything, and by other means.
for signal in INT TERM HUP; do
    start_demo "$root/memo.txt"
    waits_until 30 test -e "$place/run/status.json" || fail "it does not start"
    sleep 0.3
    kill -$signal "$started"
    wait $started
    code=$?
    ((code == 0 || code > 128)) || fail "ended by $signal: $code"
    left_behind "after $signal"
done
# Nobody reads what it says.
"${demo[@]}" --state "$place" --once --out "$root/out" "$root/memo.txt" 2>>"$log" | true
((PIPESTATUS[0] == 0)) || fail "with a closed standard output: ${PIPESTATUS[0]}"
left_behind "after a closed standard output"
