#include <charconv>

#include "sanitizer/formats/office_encryption/info.h"
#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::office_encryption {

namespace {

using ooxml::Ns;
using Attributes = std::span<const ooxml::XmlAttribute>;

// Office writes 100,000; the schema allows ten million, which only serves to keep a gateway busy.
constexpr std::uint32_t most_spins = 1'000'000;
constexpr std::size_t largest_value = 1024;

std::string_view value_of(Attributes attributes, std::string_view name) {
    for (const auto& attribute : attributes)
        if (attribute.ns == Ns::none && attribute.name == name) return attribute.value;
    return {};
}

Result<std::uint32_t> number_of(Attributes attributes, std::string_view name) {
    const std::string_view text = value_of(attributes, name);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return refuse(Reason::input_damaged);
    return number;
}

Result<Bytes> bytes_of(Attributes attributes, std::string_view name) {
    const std::string_view text = value_of(attributes, name);
    if (text.empty() || text.size() > largest_value) return refuse(Reason::input_damaged);
    auto bytes = from_base64(text);
    if (!bytes) return refuse(Reason::input_damaged);
    return std::move(*bytes);
}

// What keyData and encryptedKey have in common.
Result<AgileKey> key_of(Attributes attributes) {
    AgileKey key;
    const auto hash = hash_named(value_of(attributes, "hashAlgorithm"));
    if (!hash || value_of(attributes, "cipherAlgorithm") != "AES" ||
        value_of(attributes, "cipherChaining") != "ChainingModeCBC")
        return refuse(Reason::office_encryption);
    const std::uint32_t bits = TRY(number_of(attributes, "keyBits"));
    if (bits != 128 && bits != 192 && bits != 256) return refuse(Reason::office_encryption);
    key.hash = *hash;
    key.key_size = bits / 8;
    key.salt = TRY(bytes_of(attributes, "saltValue"));
    const bool fits = TRY(number_of(attributes, "blockSize")) == Aes::block_size &&
                      TRY(number_of(attributes, "hashSize")) == size_of(*hash) &&
                      TRY(number_of(attributes, "saltSize")) == key.salt.size();
    if (!fits) return refuse(Reason::input_damaged);
    return key;
}

class Reader final : public ooxml::XmlEvents {
public:
    Agile agile;
    unsigned seen_data = 0, seen_integrity = 0, seen_password = 0;

    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override {
        if (ns == Ns::crypt_password && name == "encryptedKey") {
            ++seen_password;
            agile.password = TRY(key_of(attributes));
            agile.spins = TRY(number_of(attributes, "spinCount"));
            agile.verifier = TRY(bytes_of(attributes, "encryptedVerifierHashInput"));
            agile.verifier_hash = TRY(bytes_of(attributes, "encryptedVerifierHashValue"));
            agile.key = TRY(bytes_of(attributes, "encryptedKeyValue"));
        }
        if (ns != Ns::crypt) return Go::past;
        if (name == "keyData") {
            ++seen_data;
            agile.data = TRY(key_of(attributes));
        } else if (name == "dataIntegrity") {
            ++seen_integrity;
            agile.hmac_key = TRY(bytes_of(attributes, "encryptedHmacKey"));
            agile.hmac_value = TRY(bytes_of(attributes, "encryptedHmacValue"));
        }
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }
};

// Encrypted values are as long as what they hide, rounded up to blocks.
bool holds(const Bytes& encrypted, std::size_t size) {
    return encrypted.size() == (size + Aes::block_size - 1) / Aes::block_size * Aes::block_size;
}

} // namespace

Result<Agile> read_agile(View document, Budget& budget) {
    Reader reader;
    TRY(ooxml::parse_xml(document, reader, budget));
    Agile& agile = reader.agile;
    if (reader.seen_data == 1 && reader.seen_password == 0) return refuse(Reason::office_encryption); // certificates
    if (reader.seen_data != 1 || reader.seen_integrity != 1 || reader.seen_password != 1)
        return refuse(Reason::input_damaged);
    if (agile.spins > most_spins) return refuse(Reason::limit_seconds);
    const bool fits = holds(agile.verifier, agile.password.salt.size()) &&
                      holds(agile.verifier_hash, size_of(agile.password.hash)) &&
                      holds(agile.key, agile.data.key_size) && holds(agile.hmac_key, size_of(agile.data.hash)) &&
                      holds(agile.hmac_value, size_of(agile.data.hash));
    if (!fits) return refuse(Reason::input_damaged);
    return std::move(agile);
}

} // namespace sekisho::office_encryption
