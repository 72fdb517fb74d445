# Does a split archive cross as one file, by script, form and command line, and is one without all its parts refused?
. "$(dirname "$0")/lib.sh" || exit 1
command -v zip >/dev/null && command -v 7z >/dev/null || skip "zip and 7z are needed"
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan
cd "$root" || exit 1
seq 150000 | sort -R --random-source=<(yes) >noise.txt
7z a -v100k n.7z noise.txt >/dev/null
zip -q -s 100k z.zip noise.txt
zip -q whole.zip noise.txt && split -b 90000 -d -a 3 --numeric-suffixes=1 whole.zip c.zip.
rm whole.zip

# send_set DESK NAME PART...: as the page does it, in pieces that are not the parts
send_set() {
    local desk=$1 name=$2 sizes
    shift 2
    sizes=$(stat -c %s "$@" | tr '\n' ' ')
    cat "$@" >together
    head -c 70000 together >first
    tail -c +70001 together >second
    call "$desk" POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $(stat -c %s together)" \
        -H "Upload-Metadata: filename $(printf %s "$name" | base64 -w0),zone_to $(printf lgwan | base64 -w0),parts $(printf %s "${sizes% }" | base64 -w0)"
    [[ $status == 201 ]] || return 0
    id=$(header Location)
    id=${id##*/}
    append "$desk" "$id" 0 first
    append "$desk" "$id" 70000 second
}
# delivered_as NAME PART...: the transfer `id` came across whole
delivered_as() {
    local name=$1 part
    shift
    settles tanaka@internet "$id"
    equal "$(field state)" delivered "$name ($(field reason))"
    [[ $# == 0 ]] || equal "$(field name)" "${name%.*}.zip" "the name of the whole"
    contains "$body" '"code":"archive.joined"' "$name: the sender reads that it was split"
    rm -f out.zip receipt
    fetch tanaka@lgwan "$id" content out.zip
    fetch tanaka@lgwan "$id" receipt receipt
    cmp <(unzip -p out.zip) noise.txt || fail "$name: another content"
    contains "$(tr -d '\r' <"$headers" | grep -i content-disposition)" json "a receipt"
    for part; do contains "$(cat receipt)" "{\"sha256\":\"$(sha256 "$part")\",\"bytes\":$(stat -c %s "$part")}" "$name: the receipt names $part"; done
    sekisho receipt verify receipt out.zip --key "$root/state/keys/audit.pub" >/dev/null || fail "$name: the receipt"
}
send_set tanaka@internet n.7z n.7z.00?
delivered_as n.7z n.7z.00?
send_set tanaka@internet z.zip z.z0? z.zip
delivered_as z.zip z.z0? z.zip
send_set tanaka@internet c.zip c.zip.00?
delivered_as c.zip c.zip.00?

# By the plain form, in any order.
csrf=$(cat "$root/desk/tanaka@internet.csrf")
files=()
for part in z.zip n.7z.002 z.z0? n.7z.001 $(ls n.7z.* | tail -n +3); do files+=(-F "file=@$part"); done
call tanaka@internet POST /send -F "csrf=$csrf" -F zone_to=lgwan "${files[@]}" -H "Origin: https://127.0.0.1:$(port_of internet)"
equal "$status" 303 "the plain form"
call tanaka@internet GET '/api/v1/transfers?box=sent'
ids=$(grep -o '"id":"[0-9a-f]*"' <<<"$body" | head -n 2 | cut -d'"' -f4)
for id in $ids; do delivered_as "by the plain form"; done
call tanaka@internet GET '/api/v1/transfers?box=sent'
equal "$(grep -o '"id":"' <<<"$body" | wc -l)" 5 "one transfer each"

# refused_alone WHAT: it says what to do next
refused_alone() {
    settles tanaka@internet "$id"
    equal "$(field state) $(field reason)" "refused archive.part" "$1"
    contains "$(field reason_help)" "all of its parts together" "$1: the next step"
}
send tanaka@internet lgwan n.7z.002
refused_alone "one part alone"
send_set tanaka@internet n.7z n.7z.001
equal "$status" 422 "a set of one"
contains "$body" upload.parts "a set of one"
last=$(ls n.7z.* | tail -n 1)
send_set tanaka@internet n.7z $(ls n.7z.* | grep -vF "$last")
refused_alone "the last part is missing"
send_set tanaka@internet c.zip c.zip.001 c.zip.002
refused_alone "the last parts of a ZIP are missing"
send_set tanaka@internet n.7z n.7z.001 $(ls n.7z.* | tail -n +3)
settles tanaka@internet "$id"
equal "$(field state)" refused "a part in the middle is missing"
send_set tanaka@internet z.zip z.z01 z.zip
settles tanaka@internet "$id"
equal "$(field state)" refused "a part of a ZIP is missing"
exit 0
