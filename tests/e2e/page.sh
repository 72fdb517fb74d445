# Can people do their work on the pages, in a real browser, with and without script?
. "$(dirname "$0")/lib.sh" || exit 1
cd "$SEKISHO_SOURCE_DIR/tests/e2e/page" || exit 1
[[ -d node_modules ]] || skip "run: npm ci --prefix tests/e2e/page"
prepare
start_gateway
SEKISHO_INTERNET_URL=https://127.0.0.1:$(port_of internet) SEKISHO_LGWAN_URL=https://127.0.0.1:$(port_of lgwan) \
    SEKISHO_PASSWORD=$password node --test page.test.mjs || fail "a page does not do what people need"
