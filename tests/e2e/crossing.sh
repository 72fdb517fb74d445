# Does a file cross, to the same person's other desk, with a receipt that proves what happened?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan
login suzuki@lgwan

# A document that starts a program, a table, and a text in the encoding of old offices.
make_pdf() {
    local text='%PDF-1.4'$'\n' table='xref'$'\n''0 6'$'\n''0000000000 65535 f '$'\n' i=0 object
    for object in '<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>' '<</Type/Pages/Kids[3 0 R]/Count 1>>' \
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>' \
        $'<</Length 14>>\nstream\n10 10 50 50 re\nendstream' '<</S/JavaScript/JS(app.alert\(1\))>>'; do
        i=$((i + 1))
        table+=$(printf '%010d 00000 n ' ${#text})$'\n'
        text+="$i 0 obj"$'\n'"$object"$'\n''endobj'$'\n'
    done
    printf '%s%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' "$text" "$table" ${#text} >"$1"
}
make_pdf "$root/申請書.pdf"
printf 'name,amount\r\nTanaka,=1+1\r\n' >"$root/table.csv"
printf '\x83\x65\x83\x58\x83\x67\r\n' >"$root/memo.txt" # テスト in CP932

# carry FILE: from one desk of Tanaka's to the other; leaves $root/out and $root/receipt
carry() {
    send tanaka@internet lgwan "$1"
    settles tanaka@internet "$id"
    equal "$(field state)" delivered "$1 is delivered ($(field reason))"
    equal "$(field phase)" ready "the sender's page says so"
    call tanaka@lgwan GET "/api/v1/transfers?box=inbox"
    contains "$body" "$id" "it lies in the same person's other inbox"
    call suzuki@lgwan GET "/api/v1/transfers?box=inbox"
    [[ $body == *"$id"* ]] && fail "somebody else sees it"
    fetch suzuki@lgwan "$id" content "$root/stolen"
    equal "$status" 404 "somebody else fetches it"
    fetch tanaka@lgwan "$id" content "$root/out"
    equal "$status" 200 "the content is fetched"
    equal "$(header ETag)" "\"$(sha256 "$root/out")\"" "the tag is the digest"
    fetch tanaka@lgwan "$id" receipt "$root/receipt"
    equal "$status" 200 "the receipt is fetched"
    contains "$(cat "$root/receipt")" "$(sha256 "$root/out")" "the receipt names the bytes that arrived"
    contains "$(cat "$root/receipt")" "$(sha256 "$1")" "the receipt names the bytes that were sent"
    sekisho audit check-proof "$root/receipt" --key "$root/state/keys/audit.pub" >"$root/proof" || fail "the receipt's proof"
    contains "$(cat "$root/proof")" "$id" "the proven record is this transfer's"
}

carry "$root/申請書.pdf"
contains "$(head -c 5 "$root/out")" %PDF- "a PDF stays a PDF"
grep -q JavaScript "$root/out" && fail "the script crossed"
look tanaka@internet "$id"
contains "$body" pdf.javascript "what was removed is told"
disposition=$(fetch tanaka@lgwan "$id" content "$root/again"; header Content-Disposition)
contains "$disposition" "filename*=UTF-8''%E7%94%B3%E8%AB%8B%E6%9B%B8.pdf" "the name survives"
fetch tanaka@lgwan "$id" content "$root/part" -H 'Range: bytes=0-4'
equal "$status $(cat "$root/part")" "206 %PDF-" "a range"
pdf=$id

# Every stage of this transfer stands in the log, with who, what and which policy.
records=$(sekisho audit search --settings "$settings" --transfer "$pdf") || fail "audit search"
for event in transfer.created transfer.received transfer.decided transfer.released transfer.picked-up; do
    contains "$records" "\"event\":\"$event\"" "audit search"
done
for stage in scan sanitize verify; do
    contains "$records" "\"stage\":\"$stage\",\"verdict\":\"delivered\"" "audit search"
done
contains "$records" "$(sha256sum "$root/policy/policy.sekisho" | cut -c1-1)" "the policy is named"
contains "$records" '"rules":"R-010"' "the rule is named"
sekisho audit search --settings "$settings" --transfer 00000000000000000000000000000000 >/dev/null
equal $? 10 "search for what is not there"

carry "$root/table.csv"
contains "$(cat "$root/out")" "Tanaka" "the table's content"
carry "$root/memo.txt"
contains "$(cat "$root/out")" テスト "the text is UTF-8 now"

# A receipt with another number in it proves nothing, and neither does one digit of the log changed afterwards.
sed 's/\(\\"digest_out\\":\\"\)./\1x/' "$root/receipt" >"$root/forged"
cmp -s "$root/receipt" "$root/forged" && fail "nothing was forged"
sekisho audit check-proof "$root/forged" --key "$root/state/keys/audit.pub" >/dev/null 2>&1 && fail "a forged receipt verifies"
stop_gateway
sekisho audit verify --settings "$settings" >"$root/verified" || fail "audit verify"
segment=$(ls "$root"/state/audit/*.jsonl "$root"/state/audit/*.log 2>/dev/null | head -n 1)
sed -i '0,/p-0001/s//p-0009/' "$segment"
sekisho audit verify --settings "$settings" >/dev/null 2>&1
[[ $? == 10 || $? == 4 ]] || fail "a changed log verifies"
