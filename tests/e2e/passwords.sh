# Does a sender's password open the file, is a missing or wrong one told with what to do, and is it written nowhere?
. "$(dirname "$0")/lib.sh" || exit 1
command -v zip >/dev/null || skip "zip is needed"
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan
secret=hush-hush-4711 secret_two=ひみつの言葉
echo inside >"$root/inside.txt"
(cd "$root" && zip -q -P "$secret" locked.zip inside.txt)

# send_with FILE PASSWORDS: as the page does it
send_with() {
    call tanaka@internet POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $(stat -c %s "$1")" \
        -H "Upload-Metadata: filename $(printf %s "${1##*/}" | base64 -w0),zone_to $(printf lgwan | base64 -w0),passwords $(printf %s "$2" | base64 -w0)"
    [[ $status == 201 ]] || return 0
    id=$(header Location)
    id=${id##*/}
    append tanaka@internet "$id" 0 "$1"
}
# nowhere WHEN: neither password is in spool, journal, audit log, receipts or the processes' own lines
nowhere() {
    local word
    for word in "$secret" "$secret_two" "$(printf %s "$secret" | base64)"; do
        grep -raF "$word" "$root/state" "$root/run" "$root/receipt" "$log" 2>/dev/null && fail "a password is on the disk $1"
    done
    grep -raqF locked.zip "$root/state" || fail "the search finds nothing at all"
}

send_with "$root/locked.zip" "$secret_two"$'\n'"$secret"
settles tanaka@internet "$id"
equal "$(field state)" delivered "with the right one among two ($(field reason))"
fetch tanaka@lgwan "$id" content "$root/out.zip"
fetch tanaka@lgwan "$id" receipt "$root/receipt"
equal "$(unzip -p "$root/out.zip" inside.txt)" inside "what arrives has no password"
nowhere "after a delivery"

# By the plain form, too.
csrf=$(cat "$root/desk/tanaka@internet.csrf")
call tanaka@internet POST /send -F "csrf=$csrf" -F zone_to=lgwan -F "passwords=$secret" -F "file=@$root/locked.zip" \
    -H "Origin: https://127.0.0.1:$(port_of internet)"
equal "$status" 303 "the plain form"
call tanaka@internet GET '/api/v1/transfers?box=sent'
id=$(field id)
settles tanaka@internet "$id"
equal "$(field state)" delivered "by the plain form ($(field reason))"

# refused_for CODE: the sender reads what to do next
refused_for() {
    settles tanaka@internet "$id"
    equal "$(field state) $(field reason)" "refused $1" "$2"
    contains "$(field reason_help)" "enter it under" "$2: the next step"
}
send tanaka@internet lgwan "$root/locked.zip"
refused_for input.encrypted "without one"
send_with "$root/locked.zip" "$secret_two"
refused_for archive.password "with a wrong one"
send_with "$root/locked.zip" "$(seq 11)"
answered 422 upload.passwords "eleven"
send_with "$root/locked.zip" "$(head -c 129 /dev/zero | tr '\0' x)"
answered 422 upload.passwords "one that is too long"

# The memory of a process that ends is gone: the file is refused, not waited for, and not opened by luck.
freeze conveyor
send_with "$root/locked.zip" "$secret"
waiting=$id
nowhere "while it waits"
pid=$(pid_of ledger)
kill -KILL "$pid"
restarted() { local now; now=$(pid_of ledger); ((${now:-0} > 1 && now != pid)) && is_ready; }
waits_until 60 restarted || fail "the ledger did not come back"
thaw
id=$waiting
settles tanaka@internet "$id"
equal "$(field state) $(field reason)" "refused passwords.lost" "after a restart"
contains "$(field reason_text)" "started anew" "it says why"
contains "$(field reason_help)" "Send the file and its password again" "and the next step"
send_with "$root/locked.zip" "$secret"
settles tanaka@internet "$id"
equal "$(field state)" delivered "sent again"
stop_gateway
nowhere "in the end"
exit 0
