# Is everything that a client or a person can get wrong answered with a stable code, and with what to do next?
. "$(dirname "$0")/lib.sh" || exit 1
prepare
start_gateway
login tanaka@internet
desk=tanaka@internet
json='Content-Type: application/json'
nobody=00000000000000000000000000000000

# The door.
call $desk POST /api/v1/session -H "$json" --data '{"account":'
answered 400 http.json "JSON that stops"
call $desk POST /api/v1/session -H "$json" --data '[]'
answered 400 http.json "JSON that is no object"
call $desk POST /api/v1/session -H "$json" --data '{"account":"tanaka","password":["x"]}'
answered 400 http.json "a member of the wrong type"
call $desk POST /api/v1/session -H "$json" --data '{"account":"tanaka","password":"x","role":"admin"}'
answered 400 http.json "a member that is not known"
call $desk POST /api/v1/session -H 'Content-Type: text/plain' --data '{"account":"tanaka","password":"x"}'
answered 415 http.media-type "not said to be JSON"
call $desk POST /api/v1/session -H "$json" --data "{\"account\":\"tanaka\",\"password\":\"$(head -c 20000 /dev/zero | tr '\0' x)\"}"
[[ $status == 413 || $status == 400 ]] || fail "a body that is too long: $status $body"
call $desk POST /api/v1/session -H "$json" --data '{"account":"tanaka","password":"wrong"}'
answered 401 login.wrong "a wrong password"
wrong=$body
call $desk POST /api/v1/session -H "$json" --data '{"account":"nobody","password":"wrong"}'
equal "$body" "$wrong" "an account that is not there looks the same"
call $desk POST /api/v1/session -H "$json" -H 'Origin: https://evil.example' --data '{"account":"tanaka","password":"x"}'
answered 403 session.origin "asked from another site"
call $desk GET /api/v1/transfers -H 'Cookie: __Host-sekisho=' -H 'X-CSRF-Token: x'
: >"$root/desk/stranger@internet.session" >"$root/desk/stranger@internet.csrf"
for path in session transfers "transfers/$nobody" "transfers/$nobody/content" changes; do
    call stranger@internet GET "/api/v1/$path"
    answered 401 session.none "$path without a session"
done
call stranger@internet POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 5'
answered 401 session.none "an upload without a session"

# Without the token of the page, nothing changes.
cp "$root/desk/$desk.session" "$root/desk/forged@internet.session"
echo 0123 >"$root/desk/forged@internet.csrf"
for row in "POST uploads" "DELETE session" "DELETE transfers/$nobody" "POST transfers/$nobody/decision" "PATCH uploads/$nobody"; do
    call forged@internet "${row% *}" "/api/v1/${row#* }"
    answered 403 session.csrf "$row without the page's token"
done

# Places and numbers.
for path in /api/v1/nothing /api/v2/session /api/v1/transfers/$nobody/secret /.git/config /api/v1/../../etc/passwd; do
    call $desk GET "$path" --path-as-is
    answered 404 http.not-found "$path"
done
call $desk PUT /api/v1/session
answered 405 http.method "a method that is not taken"
for wrong in "$nobody" x ../../etc/passwd "${nobody}0" "%00"; do
    call $desk GET "/api/v1/transfers/$wrong" --path-as-is
    [[ $status == 404 || $status == 400 ]] || fail "transfer $wrong: $status $body"
    [[ $(field code) && $(field detail) ]] || fail "transfer $wrong: not a problem: $body"
done
call $desk GET "/api/v1/transfers?box=everything"
answered 400 http.target "a box that is not there"
call $desk GET "/api/v1/transfers?box=sent&before=yesterday"
answered 400 http.target "a number that is none"
call $desk GET "/api/v1/transfers?box=sent&most=-1"
answered 400 http.target "a negative number"
call $desk POST "/api/v1/transfers/$nobody/decision" -H "$json" --data '{"approve":"perhaps"}'
answered 400 http.json "neither yes nor no"
call $desk POST "/api/v1/transfers/$nobody/decision" -H "$json" --data '{"approve":true,"reason":""}'
answered 404 transfer.unknown "to decide on nothing"

create $desk lgwan 5 "$(head -c 2000 /dev/zero | tr '\0' n).txt"
answered 422 upload.metadata "a name that is too long"
call $desk POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 5' -H 'Upload-Metadata: filename !!!'
answered 400 http.malformed "metadata that is not base64"
call $desk POST /api/v1/uploads -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: five'
answered 411 http.length "a length that is no number"
call $desk GET /api/v1/session -H "X-Long: $(head -c 30000 /dev/zero | tr '\0' x)"
answered 431 http.header "a header that is too long"

printf 'hello\n' >"$root/hello.txt"
send $desk lgwan "$root/hello.txt"
settles $desk "$id"
login tanaka@lgwan
for range in bytes=100-200 bytes=-0; do
    call tanaka@lgwan GET "/api/v1/transfers/$id/content" -H "Range: $range"
    answered 416 http.range "range $range of six bytes"
done

# The same words a hundred times lock nobody else out; the account itself for a while.
for try in {1..8}; do
    call $desk POST /api/v1/session -H "$json" --data '{"account":"suzuki","password":"guess"}'
    [[ $status == 423 || $status == 429 ]] && break
done
[[ $(field code) == login.locked || $(field code) == login.too-fast ]] || fail "guessing goes on: $status $body"
login sato@internet

# The command line.
says() { # EXIT-CODE PART ARGUMENT...: what `sekisho ARGUMENT...` ends with, and says
    local wanted=$1 part=$2 said code
    shift 2
    said=$(LC_ALL=C sekisho "$@" 2>&1 >"$root/stdout")
    code=$?
    equal "$code" "$wanted" "sekisho $*: $said"
    contains "$said" "$part" "sekisho $*"
    [[ -s $root/stdout ]] && fail "sekisho $*: words on standard output"
    return 0
}
says 2 "Did you mean: sekisho sanitize" sanitise
says 2 "sekisho --help" frobnicate-everything
says 2 "Did you mean --out?" sanitize --ouut x
says 2 "Write --out DIR" sanitize "$root/hello.txt" --out
says 2 "Name a directory" sanitize "$root/hello.txt"
says 2 "sanitize FILE... --out DIR" sanitize --out "$root/x"
says 2 "Levels are rebuild" sanitize "$root/hello.txt" --out "$root/x" --level magic
says 2 "from 1 to 64" sanitize "$root/hello.txt" --out "$root/x" --jobs 1000
printf 'pages = 5\npagse = 7\n' >"$root/limits.toml"
says 3 "limits.toml:2:" sanitize "$root/hello.txt" --out "$root/x" --limits "$root/limits.toml"
says 3 "Did you mean \`pages\`?" sanitize "$root/hello.txt" --out "$root/x" --limits "$root/limits.toml"
printf 'pages = -5\n' >"$root/limits.toml"
says 3 "limits.toml:1:" sanitize "$root/hello.txt" --out "$root/x" --limits "$root/limits.toml"
printf 'pages = = 5\n' >"$root/limits.toml"
says 3 "limits.toml:1:9" sanitize "$root/hello.txt" --out "$root/x" --limits "$root/limits.toml"
says 3 nothing.toml up --settings "$root/nothing.toml"
printf '[state]\ndirectry = "/x"\n' >"$root/wrong.toml"
says 3 "wrong.toml:2" up --settings "$root/wrong.toml"
says 2 "check-proof FILE" audit check-proof
says 1 "" audit check-proof "$root/hello.txt" --key "$root/state/keys/audit.pub"
says 1 "run.directory" up --settings "$settings"
