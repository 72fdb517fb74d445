// Any bytes as a file of signatures, of signers, a manifest or a bundle: refused with a problem of the table, or read
// so that writing it again gives the same. And none of them ever is the seal of a manifest.
#include <cstdint>
#include <cstdlib>

#include "policy/sign/bundle.h"
#include "policy/sign/seal.h"

namespace {

using namespace sekisho;

void check(bool holds) {
    if (!holds) std::abort();
}

template <typename Parsed> void has_a_row(const Result<Parsed>& parsed) {
    check(parsed || sign::row_of_code(parsed.error().code) != nullptr);
}

void try_signatures(std::string_view text) {
    const auto parsed = sign::parse_signatures(text);
    has_a_row(parsed);
    if (!parsed) return;
    for (const sign::DetachedSignature& signature : *parsed) {
        const auto verified = sign::verify(signature, as_view("a manifest that nobody signed"));
        check(!verified);
        has_a_row(verified);
    }
}

void try_manifest(std::string_view text) {
    const auto parsed = sign::Manifest::parse(text);
    has_a_row(parsed);
    if (parsed) check(parsed->text() == text && parsed->check());
}

void try_trust(std::string_view text) {
    const auto parsed = sign::Trust::parse(text);
    has_a_row(parsed);
    if (!parsed) return;
    check(parsed->threshold >= 2 && parsed->signers.size() >= 2);
    for (const sign::Signer& signer : parsed->signers) check(parsed->signer_of(signer.key) == &signer);
}

void try_bundle(View octets) {
    const auto parsed = sign::Bundle::decode(octets);
    has_a_row(parsed);
    if (!parsed) return;
    const Bytes again = parsed->encode();
    check(as_text(again) == as_text(octets));
}

void try_key(View blob) {
    const auto key = sign::Key::parse(blob);
    has_a_row(key);
    if (key) check(as_text(key->blob) == as_text(blob));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const View rest(data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
        try_signatures(as_text(rest));
        break;
    case 1:
        try_manifest(as_text(rest));
        break;
    case 2:
        try_trust(as_text(rest));
        break;
    case 3:
        try_bundle(rest);
        break;
    default:
        try_key(rest);
    }
    return 0;
}
