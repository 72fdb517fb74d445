# Is a file that the disk cannot hold refused as a whole, and does everything go on once there is space?
. "$(dirname "$0")/../lib.sh" || exit 1
mkdir "$root/state"
mount -t tmpfs -o size=64m none "$root/state" || skip "no file system can be mounted here"
trap 'code=$?; stop_gateway; umount "$root/state"; end $code' EXIT
prepare "ledger.reserve_bytes = 8388608"
start_gateway
login tanaka@internet
login tanaka@lgwan
echo 'before the disk is full' >"$root/before.txt"
seq 1 1000000 >"$root/large.txt" # 7 MB
send tanaka@internet lgwan "$root/before.txt"
settles tanaka@internet "$id"
before=$id
stored() { find "$root/state/ledger" "$root/state/staging" -type f -not -name 'journal*' | wc -l; }
waits_until 10 eval '(($(stored) == 0))' || fail "something is kept of what was delivered"

# Announced while there was space, written when there is none.
create tanaka@internet lgwan "$(stat -c %s "$root/large.txt")" large.txt
equal "$status" 201 "there is space for seven megabytes"
announced=$id
left=$(df --output=avail -B1 "$root/state" | tail -n 1)
head -c $((left - 9000000)) /dev/zero >"$root/state/filler"
append tanaka@internet "$announced" 0 "$root/large.txt"
answered 507 storage.full "no space for the content"
create tanaka@internet lgwan "$(stat -c %s "$root/large.txt")" large.txt
answered 507 storage.full "no space for another one"
fetch tanaka@lgwan "$before" content "$root/out"
equal "$status $(cat "$root/out")" "200 before the disk is full" "what was delivered before is there"
head -c 100000000 /dev/zero >>"$root/state/filler" 2>/dev/null
equal "$(df --output=avail -B1 "$root/state" | tail -n 1 | tr -d ' ')" 0 "not one byte is left"
create tanaka@internet lgwan 5 memo.txt
[[ $status == 507 || $status == 503 ]] || fail "on a full disk: $status $body"
equal "$(delivered_files)" 1 "files on the other side"
fetch tanaka@lgwan "$before" content "$root/out"
[[ $status == 507 || $status == 200 ]] || fail "a fetch that cannot be put on record: $status"

# Room again: what was broken off goes on, and what is new passes.
rm "$root/state/filler"
accepts() { create tanaka@internet lgwan 5 memo.txt; [[ $status == 201 ]]; }
waits_until 30 accepts || fail "with space again: $status $body"
call tanaka@internet HEAD "/api/v1/uploads/$announced" -H 'Tus-Resumable: 1.0.0'
offset=$(header Upload-Offset)
tail -c +$((offset + 1)) "$root/large.txt" >"$root/rest"
append tanaka@internet "$announced" "$offset" "$root/rest"
equal "$status" 204 "the rest ($body)"
settles tanaka@internet "$announced"
equal "$(field state)" delivered "delivered after all ($(field reason))"
fetch tanaka@lgwan "$announced" content "$root/out"
cmp "$root/out" "$root/large.txt" || fail "not what was sent"
stop_gateway
sekisho audit verify --settings "$settings" >/dev/null || fail "the audit log is not whole"
