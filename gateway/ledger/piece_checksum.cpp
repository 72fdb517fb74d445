#include "gateway/ledger/piece_checksum.h"

#include <openssl/evp.h>

namespace sekisho::ledger {

struct PieceChecksum::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

PieceChecksum::PieceChecksum(Checksum kind) {
    if (kind == Checksum::none) return;
    m_state = std::make_unique<State>();
    const EVP_MD* method = kind == Checksum::sha1 ? EVP_sha1() : EVP_sha256();
    if (!m_state->context || EVP_DigestInit_ex(m_state->context, method, nullptr) != 1) bug("no digest");
}

PieceChecksum::PieceChecksum(PieceChecksum&&) noexcept = default;
PieceChecksum& PieceChecksum::operator=(PieceChecksum&&) noexcept = default;
PieceChecksum::~PieceChecksum() = default;

void PieceChecksum::add(View view) {
    if (m_state && EVP_DigestUpdate(m_state->context, view.data(), view.size()) != 1) bug("no digest");
}

bool PieceChecksum::matches(View expected) {
    if (!m_state) return true;
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> value{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(m_state->context, value.data(), &size) != 1) bug("no digest");
    return equal_in_constant_time(View(value).first(size), expected);
}

} // namespace sekisho::ledger
