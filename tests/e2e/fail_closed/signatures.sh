# Does nothing pass when the scanner has no signatures?
. "$(dirname "$0")/../lib.sh" || exit 1
prepare "conveyor.attempts = 1" "scanner.seconds = 3" "limits.seconds = 3"
rm "$root"/signatures/*
"$SEKISHO_BIN_DIR/sekisho" up --settings "$settings" >>"$log" 2>&1 &
launcher=$!
portal_is_there() { [[ -e $root/run/status.json ]] && curl -sk "https://127.0.0.1:$first_port/health/ready" | grep true >/dev/null; }
waits_until 60 portal_is_there || fail "no portal"
waits_until 20 activate_policy >>"$log" 2>&1 || fail "the policy was not activated"
accepts() { create tanaka@internet lgwan 6 memo.txt; [[ $status == 201 ]]; }
login tanaka@internet
waits_until 20 accepts || fail "nothing is announced: $status $body"
echo hello >"$root/memo.txt"
send tanaka@internet lgwan "$root/memo.txt"
# A stage that is missing uses up none of a file's tries: it waits, and it is said who is missing.
waits_until 20 grep -q conveyor.stage-missing "$log" || fail "nobody says that the scanner is missing"
sleep 5
look tanaka@internet "$id"
equal "$(field state)" received "a file that was not scanned"
equal "$(delivered_files)" 0 "files on the other side"
sekisho audit search --settings "$settings" --event transfer.released >/dev/null
equal $? 10 "nothing was released"
