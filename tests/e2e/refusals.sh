# Is everything that may not pass stopped, with a stable code and a next step, and does nothing of it reach the other side?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
login tanaka@internet
login tanaka@lgwan

# refused FILE CODE [NAME]: it is sent, comes back with this code, and the sender reads what to do next, in both languages
refused() {
    send tanaka@internet lgwan "$1" "${3-${1##*/}}"
    settles tanaka@internet "$id"
    equal "$(field state) $(field phase) $(field reason)" "refused returned $2" "$1"
    [[ $(field reason_text) && $(field reason_help) ]] || fail "$1: no words and no next step: $body"
    local english
    english=$(field reason_text)
    call tanaka@internet GET "/api/v1/transfers/$id?lang=ja"
    [[ $(field reason_text) != "$english" && $(field reason_help) ]] || fail "$1: not in Japanese: $body"
    fetch tanaka@lgwan "$id" content "$root/out"
    [[ $status == 404 || $status == 409 ]] || fail "$1 can be fetched: $status"
    call tanaka@lgwan GET "/api/v1/transfers?box=inbox"
    [[ $body == *"$id"* ]] && fail "$1 lies in the inbox"
    equal "$(delivered_files)" 0 "files on the other side after $1"
}

{ printf 'MZ\x90\0'; head -c 56 /dev/zero; printf '\x80\0\0\0'; head -c 64 /dev/zero; printf 'PE\0\0'; head -c 400 /dev/zero; } >"$root/setup.exe"
refused "$root/setup.exe" type.executable
refused "$root/setup.exe" type.executable 領収書.pdf
cp /bin/true "$root/tool.txt"
refused "$root/tool.txt" type.executable
printf '#!/bin/sh\nrm -rf /\n' >"$root/run.sh"
refused "$root/run.sh" type.executable

# The test file of the European Institute for Computer Antivirus Research, in two halves so that this file is not one.
printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD' '-ANTIVIRUS-TEST-FILE!$H+H*' >"$root/eicar.com"
refused "$root/eicar.com" scan.infected
refused "$root/eicar.com" scan.infected minutes.txt

# A zip with one encrypted member: flag bit 0 in both headers.
{
    printf 'PK\x03\x04\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\x04\0\0\0\x05\0\0\0a.txt0123456789abcdef'
    printf 'PK\x01\x02\x14\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\x04\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.txt'
    printf 'PK\x05\x06\0\0\0\0\x01\0\x01\0\x33\0\0\0\x33\0\0\0\0\0'
} >"$root/secret.zip"
refused "$root/secret.zip" input.encrypted

head -c 5000 /dev/urandom >"$root/noise.dat"
send tanaka@internet lgwan "$root/noise.dat"
settles tanaka@internet "$id"
equal "$(field state)" refused "bytes of no known kind"

# Policy says no before a byte is sent, and names its rule's reason. Nobody sends into his own zone either.
create tanaka@internet mynumber 5 memo.txt
answered 403 policy.refused "from the Internet straight to My Number"
contains "$body" マイナンバー "the officer's own words"
create tanaka@internet internet 5 memo.txt
answered 403 policy.refused "into the own zone"
create tanaka@internet moon 5 memo.txt
[[ $status == 403 || $status == 422 ]] || fail "to a zone that is not there: $status $body"
create tanaka@internet lgwan 0 memo.txt
answered 422 type.empty "an empty file"
equal "$(delivered_files)" 0 "files on the other side"
sekisho audit search --settings "$settings" --event transfer.released >/dev/null
equal $? 10 "nothing was released"
sekisho audit search --settings "$settings" --event transfer.decided | grep -c '"verdict":"refuse"' >"$root/count"
equal "$(cat "$root/count")" 11 "every refusal is on record"
