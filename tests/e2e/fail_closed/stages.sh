# Does a file wait or fail, and never arrive, while one of the stages on its way hangs or keeps dying?
. "$(dirname "$0")/../lib.sh" || exit 1
prepare "limits.seconds = 3" "scanner.seconds = 3"
start_gateway
login tanaka@internet
echo hello >"$root/memo.txt"
arrives() { has_settled tanaka@internet "$1" && [[ $(field state) == delivered ]]; }
passed=0
for stage in conveyor scanner sanitizer verifier release; do
    freeze $stage
    send tanaka@internet lgwan "$root/memo.txt"
    waits_until 2 arrives "$id" && fail "delivered while $stage hangs"
    equal "$(delivered_files)" $passed "files on the other side while $stage hangs"
    thaw
    settles tanaka@internet "$id" 90
    [[ $(field state) =~ ^(delivered|failed)$ ]] || fail "after $stage hung: $(field state) $(field reason)"
    [[ $(field state) == delivered ]] && passed=$((passed + 1))
done
((passed > 0)) || fail "nothing was delivered once the stages ran again"

for stage in scanner sanitizer verifier; do
    kill_again_and_again $stage
    sleep 0.3
    send tanaka@internet lgwan "$root/memo.txt"
    waits_until 3 arrives "$id"
    state=$(field state)
    kill $killer
    wait $killer 2>/dev/null
    # Between two deaths it may have worked as it should; then all three stages are on the receipt.
    settles tanaka@internet "$id" 90
    [[ $(field state) =~ ^(delivered|failed)$ ]] || fail "while $stage kept dying: $state, then $(field state) $(field reason)"
    [[ $(field state) == delivered ]] && passed=$((passed + 1))
    waits_until 60 is_ready || fail "$stage does not come back"
done
equal "$(delivered_files)" $passed "files on the other side are those that were delivered"

# A scanner that is not there at all: files wait, none of their tries is used up, and it is said who is missing.
mv "$root/signatures" "$root/elsewhere"
kill -KILL "$(pid_of scanner)"
send tanaka@internet lgwan "$root/memo.txt"
waiting=$id
waits_until 40 grep -q conveyor.stage-missing "$log" || fail "nobody says that the scanner is missing"
look tanaka@internet "$waiting"
[[ $(field state) =~ ^(received|processing)$ ]] || fail "without a scanner: $(field state) $(field reason)"
equal "$(delivered_files)" $passed "files on the other side without a scanner"
mv "$root/elsewhere" "$root/signatures"
settles tanaka@internet "$waiting" 60
equal "$(field state)" delivered "as soon as there is a scanner ($(field reason))"
waits_until 20 grep -q conveyor.stages-back "$log" || fail "nobody says that the scanner is back"

# Everything is well again, and what was released has all its stages on record.
send tanaka@internet lgwan "$root/memo.txt"
settles tanaka@internet "$id" 90
equal "$(field state)" delivered "at the end ($(field reason))"
for released in $(sekisho audit search --settings "$settings" --event transfer.released | sed 's/.*"transfer":"\([0-9a-f]*\)".*/\1/'); do
    records=$(sekisho audit search --settings "$settings" --transfer "$released" --event transfer.stage)
    for stage in scan sanitize verify; do
        contains "$records" "\"stage\":\"$stage\",\"verdict\":\"delivered\"" "$released"
    done
done
