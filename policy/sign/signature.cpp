#include "policy/sign/signature.h"

#include <openssl/evp.h>

#include "base/crypto/crypto.h"
#include "policy/sign/lines.h"
#include "policy/sign/wire.h"

namespace sekisho::sign {

namespace {

constexpr std::string_view first_line = "-----BEGIN SSH SIGNATURE-----";
constexpr std::string_view last_line = "-----END SSH SIGNATURE-----";
constexpr std::string_view magic = "SSHSIG";
constexpr std::uint32_t version = 1;
constexpr std::size_t longest_name = 255;

Result<DetachedSignature> read_signature(View blob) {
    ByteReader reader(blob);
    if (as_text(TRY(reader.bytes(magic.size()))) != magic || TRY(reader.u32be()) != version)
        return refuse(Problem::signature_format);
    DetachedSignature made;
    made.key = TRY(Key::parse(TRY(read_string(reader))));
    made.purpose = as_text(TRY(read_string(reader)));
    TRY(read_string(reader)); // reserved: to be ignored, and signed as empty; see signed_words()
    made.hash = as_text(TRY(read_string(reader)));
    const View signature = TRY(read_string(reader));
    made.signature.assign(signature.begin(), signature.end());
    const bool known_hash = made.hash == "sha256" || made.hash == "sha512";
    if (!reader.at_end() || !known_hash || made.purpose.size() > longest_name) return refuse(Problem::signature_format);
    return made;
}

Result<DetachedSignature> parse_armored(const std::string& base64) {
    const auto blob = from_base64(base64);
    if (!blob || to_base64(*blob) != base64) return refuse(Problem::signature_format);
    auto made = read_signature(*blob);
    if (!made && !row_of_code(made.error().code)) return refuse(Problem::signature_format);
    return made;
}

Bytes digest_of(std::string_view hash, View message) {
    if (hash == "sha256") {
        const Digest digest = sha256(message);
        return {digest.begin(), digest.end()};
    }
    Bytes digest(64);
    if (EVP_Q_digest(nullptr, "SHA512", nullptr, message.data(), message.size(), digest.data(), nullptr) != 1)
        bug("SHA-512 is not available");
    return digest;
}

// What the key signs: never the message itself. A reserved field that is not empty makes the signature wrong.
Bytes signed_words(const DetachedSignature& signature, View message) {
    ByteWriter writer;
    writer.text(magic);
    write_string(writer, as_view(signature.purpose));
    write_string(writer, {});
    write_string(writer, as_view(signature.hash));
    write_string(writer, digest_of(signature.hash, message));
    return writer.take();
}

} // namespace

Result<std::vector<DetachedSignature>> parse_signatures(std::string_view text) {
    if (text.size() > signature_file_max) return refuse(Problem::signatures_many);
    std::vector<DetachedSignature> found;
    std::string base64;
    bool inside = false;
    for (Lines lines(text); lines.next();) {
        const std::string_view line = lines.line();
        if (!inside) {
            if (line.empty()) continue;
            if (line != first_line) return refuse(Problem::signature_armor, lines.place());
            inside = true;
        } else if (line == last_line) {
            if (found.size() == signatures_max) return refuse(Problem::signatures_many);
            found.push_back(TRY(parse_armored(base64)));
            base64.clear();
            inside = false;
        } else {
            base64 += line;
        }
    }
    if (inside) return refuse(Problem::signature_format, "the end is missing");
    return found;
}

Result<Presence> verify(const DetachedSignature& signature, View message, std::string_view purpose) {
    if (signature.purpose != purpose) return refuse(Problem::signature_namespace, signature.key.fingerprint());
    auto presence = verify(signature.key, signed_words(signature, message), signature.signature);
    if (!presence) presence.error().where = signature.key.fingerprint();
    return presence;
}

} // namespace sekisho::sign
