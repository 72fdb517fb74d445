#include "gateway/audit/receipt.h"

namespace sekisho::audit {

namespace {

constexpr std::string_view domain = "sekisho receipt 1\n";
constexpr std::string_view before = ",\"signature\":\"";
constexpr std::string_view after = "\"}";
constexpr std::size_t encoded_size = 88; // of 64 bytes in base64

Bytes message_of(const Digest& digest) {
    ByteWriter message;
    message.text(domain);
    message.raw(digest);
    return message.take();
}

} // namespace

Signature sign_receipt(const Digest& digest, const SigningKey& key) {
    return key.sign(message_of(digest));
}

Result<std::string> check_receipt(std::string_view text, const PublicKey& key) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    constexpr std::size_t tail = before.size() + encoded_size + after.size();
    const bool has_one = text.size() > tail && text.ends_with(after) &&
                         text.substr(text.size() - tail).starts_with(before);
    if (!has_one)
        return reject("receipt.unsigned", "the receipt has no signature at its end", {},
                      "Take the file as it was downloaded; or download it again while the gateway runs");
    const Bytes bytes = TRY(from_base64(text.substr(text.size() - encoded_size - after.size(), encoded_size)));
    Signature signature{};
    std::string body(text.substr(0, text.size() - tail));
    body += '}';
    if (bytes.size() == signature.size()) {
        std::copy(bytes.begin(), bytes.end(), signature.begin());
        if (verify_signature(key, message_of(sha256(as_view(body))), signature)) return body;
    }
    return reject("receipt.signature", "the receipt was changed, or another gateway signed it", {},
                  "Download it again, and use the public key of the gateway that it is from");
}

} // namespace sekisho::audit
