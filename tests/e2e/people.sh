# Do people who send at the same time each see their own files only, and does each file arrive exactly once?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
people=(tanaka suzuki)
for who in "${people[@]}"; do
    login "$who@internet"
    login "$who@lgwan"
done

# Ten files of each, all at once, each by a curl of its own.
send_one() {
    echo "file $2 of $1" >"$root/$1-$2.txt"
    trap - EXIT
    cp "$root/desk/$1@internet.csrf" "$root/desk/$1-$2@internet.csrf"
    cp "$root/desk/$1@internet.session" "$root/desk/$1-$2@internet.session"
    mkdir "$root/own-$1-$2"
    headers=$root/own-$1-$2/headers
    send "$1-$2@internet" lgwan "$root/$1-$2.txt"
    echo "$id" >"$root/sent-$1-$2"
}
jobs=()
for n in {1..10}; do
    for who in "${people[@]}"; do
        send_one "$who" "$n" &
        jobs+=($!)
    done
done
for job in "${jobs[@]}"; do wait "$job" || fail "a file could not be sent"; done

for who in "${people[@]}"; do
    for n in {1..10}; do
        id=$(cat "$root/sent-$who-$n")
        settles "$who@internet" "$id"
        equal "$(field state)" delivered "file $n of $who"
        fetch "$who@lgwan" "$id" content "$root/out"
        equal "$(cat "$root/out")" "file $n of $who" "its content"
    done
done
equal "$(delivered_files)" 20 "files on the other side"
equal "$(sekisho audit search --settings "$settings" --event transfer.released | wc -l)" 20 "each was released once"

for who in "${people[@]}"; do
    other=tanaka
    [[ $who == tanaka ]] && other=suzuki
    for box in internet:sent lgwan:inbox; do
        call "$who@${box%:*}" GET "/api/v1/transfers?box=${box#*:}&most=50"
        for n in {1..10}; do
            contains "$body" "$(cat "$root/sent-$who-$n")" "$who sees his own in ${box#*:}"
            [[ $body == *"$(cat "$root/sent-$other-$n")"* ]] && fail "$who sees what is $other's in ${box#*:}"
        done
    done
    id=$(cat "$root/sent-$other-1")
    look "$who@lgwan" "$id"
    answered 404 transfer.unknown "$who looks at what is $other's"
    look "$who@internet" "$id"
    answered 404 transfer.unknown "$who looks at what $other sent"
    fetch "$who@lgwan" "$id" receipt "$root/out"
    equal "$status" 404 "$who fetches the receipt of $other"
    call "$who@internet" DELETE "/api/v1/transfers/$id"
    answered 404 transfer.unknown "$who withdraws what $other sent"
done
# A page at a time.
call tanaka@internet GET "/api/v1/transfers?box=sent&most=4"
equal "$(grep -o '"id":' <<<"$body" | wc -l)" 4 "four of ten"
call tanaka@internet GET "/api/v1/transfers?box=sent&most=4&before=$(number next)"
equal "$(grep -o '"id":' <<<"$body" | wc -l)" 4 "the next four"
# A session belongs to its zone.
cp "$root/desk/tanaka@internet.session" "$root/desk/tanaka@mynumber.session"
cp "$root/desk/tanaka@internet.csrf" "$root/desk/tanaka@mynumber.csrf"
call tanaka@mynumber GET /api/v1/session
answered 401 session.none "a session from a less trusted zone"
