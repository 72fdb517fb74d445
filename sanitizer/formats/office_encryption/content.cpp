#include "sanitizer/formats/office_encryption/content.h"

#include <algorithm>
#include <array>

namespace sekisho::office_encryption {

namespace {

constexpr std::size_t segment_size = 4096; // 2.3.4.15; ECB does not care
constexpr std::size_t size_field = 8;
// 2.3.4.14
constexpr std::array<std::uint8_t, 8> for_hmac_key = {0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6},
                                      for_hmac_value = {0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33};

} // namespace

Result<Content> Content::of(const Info& info, View key, Sink& out, Budget& budget) {
    const auto* agile = std::get_if<Agile>(&info);
    Content content(TRY(Aes::with(key, agile ? Aes::Chaining::cbc : Aes::Chaining::ecb)), out, budget);
    if (agile) TRY(content.prepare_agile(*agile));
    return content;
}

Result<> Content::prepare_agile(const Agile& info) {
    m_hash = TRY(Hash::of(info.data.hash));
    m_salt = info.data.salt;
    Bytes key = info.hmac_key;
    TRY(m_aes.decrypt(key, TRY(vector_of(*m_hash, m_salt, for_hmac_key))));
    key.resize(size_of(info.data.hash));
    m_hmac = TRY(Hmac::of(info.data.hash, key));
    m_expected = info.hmac_value;
    TRY(m_aes.decrypt(m_expected, TRY(vector_of(*m_hash, m_salt, for_hmac_value))));
    m_expected.resize(size_of(info.data.hash));
    return {};
}

Result<> Content::write(View view) {
    if (m_hmac) TRY(m_hmac->add(view));
    while (!view.empty()) {
        const std::size_t wanted = m_left ? segment_size : size_field;
        const std::size_t size = std::min(wanted - m_piece.size(), view.size());
        m_piece.insert(m_piece.end(), view.begin(), view.begin() + static_cast<std::ptrdiff_t>(size));
        view = view.subspan(size);
        if (m_piece.size() < wanted) return {};
        if (m_left)
            TRY(decrypt(m_piece));
        else
            m_left = TRY(ByteReader(m_piece).u64le());
        m_piece.clear();
    }
    return {};
}

Result<> Content::decrypt(std::span<std::uint8_t> piece) {
    TRY(m_budget.check_time());
    if (*m_left == 0) return {}; // filler behind the package
    Bytes iv;
    if (m_hash) iv = TRY(vector_of(*m_hash, m_salt, little_endian(m_segment++)));
    TRY(m_aes.decrypt(piece, iv));
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(*m_left, piece.size()));
    *m_left -= size;
    return m_out.write(View(piece).first(size));
}

Result<> Content::finish() {
    const std::size_t whole = m_piece.size() / Aes::block_size * Aes::block_size;
    if (m_left && whole > 0) TRY(decrypt(std::span(m_piece).first(whole)));
    if (!m_left || *m_left > 0) return refuse(Reason::input_damaged);
    if (m_hmac && TRY(m_hmac->finish()) != m_expected) return refuse(Reason::office_tampered);
    return {};
}

} // namespace sekisho::office_encryption
