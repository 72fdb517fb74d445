# Can a broken upload be resumed without a lost or doubled byte, and is a damaged piece noticed?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
login tanaka@internet
login suzuki@internet
login tanaka@lgwan

call tanaka@internet OPTIONS /api/v1/uploads
equal "$status $(header Tus-Version)" "204 1.0.0" "what is spoken here"
for extension in creation termination expiration checksum; do contains "$(header Tus-Extension)" $extension "extensions"; done
state_of() { call "$1" HEAD "/api/v1/uploads/$id" -H 'Tus-Resumable: 1.0.0'; }

# The line breaks in the middle: curl is killed while it sends.
seq 1 3000000 >"$root/numbers.txt"
size=$(stat -c %s "$root/numbers.txt")
create tanaka@internet lgwan "$size" numbers.txt
equal "$status" 201 "announced"
[[ $(header Upload-Expires) ]] || fail "no time at which it expires"
append tanaka@internet "$id" 0 "$root/numbers.txt" --limit-rate 4M >/dev/null 2>&1 &
sender=$!
sleep 1
curl_of() { for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do curl_of "$child"; [[ $(cat "/proc/$child/comm") == curl ]] && echo "$child"; done; }
broken=$(curl_of $sender)
[[ $broken ]] || fail "nothing was under way"
kill -KILL $broken
wait $sender 2>/dev/null
knows_offset() { state_of tanaka@internet; offset=$(header Upload-Offset); ((offset > 0)); }
waits_until 10 knows_offset || fail "nothing of the broken upload counts"
((offset < size)) || fail "the upload was not broken: $offset of $size"
equal "$(header Upload-Length)" "$size" "the length is known"
state_of suzuki@internet
equal "$status" 404 "somebody else asks about it"
look tanaka@internet "$id"
equal "$(field state) $(field phase)" "uploading sending" "the page shows it"

append tanaka@internet "$id" $((offset + 1)) "$root/numbers.txt"
answered 409 upload.offset "a gap"
append tanaka@internet "$id" 0 "$root/numbers.txt"
answered 409 upload.offset "an overlap"
tail -c +$((offset + 1)) "$root/numbers.txt" >"$root/rest"
append tanaka@internet "$id" "$offset" "$root/rest"
equal "$status $(header Upload-Offset)" "204 $size" "the rest"
settles tanaka@internet "$id"
equal "$(field state)" delivered "delivered"
contains "$body" "$(sha256 "$root/numbers.txt")" "not one byte is lost or doubled"
fetch tanaka@lgwan "$id" content "$root/out"
cmp "$root/out" "$root/numbers.txt" || fail "the content arrives as it was"
state_of tanaka@internet
equal "$status $(header Upload-Offset)" "200 $size" "asked once more"

# A piece with a checksum counts only if it fits; the piece can then be sent anew.
printf 'hello ' >"$root/one"
printf 'world\n' >"$root/two"
sum() { openssl dgst "-$1" -binary "$2" 2>/dev/null | base64 -w0; }
create tanaka@internet lgwan 12 greeting.txt
append tanaka@internet "$id" 0 "$root/one" -H "Upload-Checksum: sha256 $(sum sha256 "$root/two")"
answered 460 upload.checksum "another piece's checksum"
state_of tanaka@internet
equal "$(header Upload-Offset)" 0 "it does not count"
append tanaka@internet "$id" 0 "$root/one" -H "Upload-Checksum: sha256 $(sum sha256 "$root/one")"
equal "$status" 204 "the right checksum"
append tanaka@internet "$id" 6 "$root/two" -H "Upload-Checksum: md5 $(sum md5 "$root/two")"
answered 400 http.malformed "an algorithm that is not offered"
append tanaka@internet "$id" 6 "$root/two" -H "Upload-Checksum: sha1 $(sum sha1 "$root/two")"
equal "$status" 204 "sha1 for a piece"
settles tanaka@internet "$id"
fetch tanaka@lgwan "$id" content "$root/out"
equal "$(cat "$root/out")" "hello world" "both pieces"

# More than announced is refused; what was announced and given up is gone, for everybody.
create tanaka@internet lgwan 3 short.txt
append tanaka@internet "$id" 0 "$root/one"
[[ $status == 413 ]] || fail "more than announced: $status $body"
create tanaka@internet lgwan 12 given-up.txt
append tanaka@internet "$id" 0 "$root/one"
equal "$status" 204 "a part"
call suzuki@internet DELETE "/api/v1/uploads/$id" -H 'Tus-Resumable: 1.0.0'
equal "$status" 404 "somebody else ends it"
call tanaka@internet DELETE "/api/v1/uploads/$id" -H 'Tus-Resumable: 1.0.0'
equal "$status" 204 "ended"
state_of tanaka@internet
equal "$status" 410 "it is gone"
append tanaka@internet "$id" 6 "$root/two"
answered 410 transfer.gone "to go on with what was ended"
[[ $(find "$root/state/ledger" -name "*$id*") ]] && fail "its bytes are still there"

call tanaka@internet POST /api/v1/uploads -H 'Upload-Length: 5'
answered 412 tus.version "no version"
call tanaka@internet POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0'
answered 411 http.length "no length"
create tanaka@internet lgwan 99999999999999 huge.txt
answered 413 upload.too-large "larger than is accepted"
create tanaka@internet lgwan 12 memo.txt
call tanaka@internet PATCH "/api/v1/uploads/$id" -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0' --data hello
answered 415 http.media-type "another media type"
