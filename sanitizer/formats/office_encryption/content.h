// The stream EncryptedPackage in pieces ([MS-OFFCRYPTO] 2.3.4.4, 2.3.4.14, 2.3.4.15).
#pragma once

#include <optional>

#include "base/stream/stream.h"
#include "sanitizer/formats/office_encryption/keys.h"

namespace sekisho::office_encryption {

// Takes the stream as it is stored and writes the package to `out`. Nothing of it may be used before finish(), which
// says whether it is whole and, with Agile, proven.
class Content final : public Sink {
public:
    static Result<Content> of(const Info& info, View key, Sink& out, Budget& budget);

    using Sink::write;
    Result<> write(View view) override;
    // Refuses Reason::input_damaged if it ends early, Reason::office_tampered if the HMAC does not fit.
    Result<> finish();

private:
    Content(Aes aes, Sink& out, Budget& budget) : m_aes(std::move(aes)), m_out(out), m_budget(budget) {}
    Result<> prepare_agile(const Agile& info);
    Result<> decrypt(std::span<std::uint8_t> piece);

    Aes m_aes;
    Sink& m_out;
    Budget& m_budget;
    std::optional<Hash> m_hash; // Agile: of the initialisation vectors
    std::optional<Hmac> m_hmac;
    Bytes m_salt, m_expected;
    Bytes m_piece;
    std::optional<std::uint64_t> m_left; // of the package, once its size is known
    std::uint32_t m_segment = 0;
};

} // namespace sekisho::office_encryption
