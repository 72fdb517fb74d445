#include "policy/sign/key.h"

#include <iterator>

#include "base/crypto/crypto.h"
#include "policy/sign/openssl.h"
#include "policy/sign/wire.h"

namespace sekisho::sign {

namespace {

constexpr KeyKindRow kinds[] = {
#define ROW(id, name, curve, group, point, hardware) KeyKindRow{KeyKind::id, name, curve, group, point, hardware},
    SEKISHO_KEY_KINDS(ROW)
#undef ROW
};

constexpr std::size_t longest_application = 255;
// Of the authenticator's flags (WebAuthn, section 6.1).
constexpr std::uint8_t user_present = 0x01;
constexpr std::uint8_t user_verified = 0x04;

Result<Key> read_key(View blob) {
    ByteReader reader(blob);
    const std::string_view name = as_text(TRY(read_string(reader)));
    Key key;
    const KeyKindRow* row = nullptr;
    for (const KeyKindRow& candidate : kinds)
        if (candidate.name == name) row = &candidate;
    if (!row) return refuse(Problem::key_kind, std::string(name.substr(0, 64)));
    key.kind = row->kind;
    if (!row->curve.empty() && as_text(TRY(read_string(reader))) != row->curve) return refuse(Problem::key_damaged);
    const View point = TRY(read_string(reader));
    key.point.assign(point.begin(), point.end());
    if (row->hardware) key.application = as_text(TRY(read_string(reader)));
    const bool whole = reader.at_end() && key.point.size() == row->point;
    if (!whole || key.application.size() > longest_application) return refuse(Problem::key_damaged);
    key.blob.assign(blob.begin(), blob.end());
    return key;
}

bool verify_ed25519(const Key& key, View message, View octets) {
    PublicKey point{};
    Signature signature{};
    if (octets.size() != signature.size() || key.point.size() != point.size()) return false;
    std::ranges::copy(key.point, point.begin());
    std::ranges::copy(octets, signature.begin());
    return verify_signature(point, message, signature);
}

Result<bool> verify_octets(const Key& key, View message, View octets) {
    const KeyKindRow& row = row_of(key.kind);
    if (row.curve.empty()) return verify_ed25519(key, message, octets);
    ByteReader reader(octets);
    const View r = TRY(read_positive(reader));
    const View s = TRY(read_positive(reader));
    if (!reader.at_end()) return refuse(Problem::signature_format);
    return verify_ecdsa(row, key.point, message, r, s);
}

// PROTOCOL.u2f: what an authenticator signs is not the message but its digest between its own words.
Bytes authenticated(const Key& key, std::uint8_t flags, std::uint32_t counter, View message) {
    ByteWriter writer;
    writer.raw(sha256(as_view(key.application)));
    writer.u8(flags);
    writer.u32be(counter);
    writer.raw(sha256(message));
    return writer.take();
}

Result<Presence> verify_parts(const Key& key, View message, View signature) {
    const KeyKindRow& row = row_of(key.kind);
    ByteReader reader(signature);
    if (as_text(TRY(read_string(reader))) != row.name) return refuse(Problem::signature_format);
    const View octets = TRY(read_string(reader));
    Presence presence;
    Bytes wrapped;
    if (row.hardware) {
        const std::uint8_t flags = TRY(reader.u8());
        wrapped = authenticated(key, flags, TRY(reader.u32be()), message);
        presence = {(flags & user_present) != 0, (flags & user_verified) != 0};
    }
    if (!reader.at_end()) return refuse(Problem::signature_format);
    if (!TRY(verify_octets(key, row.hardware ? View(wrapped) : message, octets)))
        return refuse(Problem::signature_wrong);
    return presence;
}

} // namespace

const KeyKindRow& row_of(KeyKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

Result<Key> Key::parse(View blob) {
    auto key = read_key(blob);
    if (!key) return row_of_code(key.error().code) ? key : refuse(Problem::key_damaged);
    const KeyKindRow& row = row_of(key->kind);
    if (!row.curve.empty() && !is_on_curve(row, key->point)) return refuse(Problem::key_damaged);
    return key;
}

std::string Key::fingerprint() const {
    std::string text = "SHA256:" + to_base64(sha256(blob));
    while (text.ends_with('=')) text.pop_back();
    return text;
}

Result<Presence> verify(const Key& key, View message, View signature) {
    auto presence = verify_parts(key, message, signature);
    if (!presence && !row_of_code(presence.error().code)) return refuse(Problem::signature_format);
    return presence;
}

} // namespace sekisho::sign
