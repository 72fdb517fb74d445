#include "sanitizer/formats/mail/rich_text.h"

#include <algorithm>
#include <array>

#include <libdeflate.h>

#include "sanitizer/formats/rtf_text/rtf_text.h"

namespace sekisho::mail {

namespace {

constexpr std::uint32_t compressed_kind = 0x75465A4C, plain_kind = 0x414C454D; // "LZFu", "MELA"

// [MS-OXRTFCP] 2.1.2.1: what stands in the dictionary before anything is read.
constexpr std::string_view known_text =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(known_text.size() == 207);

class Dictionary {
public:
    Dictionary() { std::ranges::copy(as_view(known_text), m_bytes.begin()); }
    std::size_t end() const { return m_end; }
    std::uint8_t at(std::size_t place) const { return m_bytes[place % size]; }
    void add(std::uint8_t byte) {
        m_bytes[m_end] = byte;
        m_end = (m_end + 1) % size;
    }

private:
    static constexpr std::size_t size = 4096;
    std::array<std::uint8_t, size> m_bytes{};
    std::size_t m_end = known_text.size();
};

// 2.2.3.1. False at the reference that ends it.
Result<bool> take_reference(ByteReader& reader, Dictionary& dictionary, Bytes& out) {
    const std::uint16_t reference = TRY(reader.u16be());
    const std::size_t from = reference >> 4, length = (reference & 0xFU) + 2;
    if (from == dictionary.end()) return false;
    for (std::size_t i = 0; i < length; ++i) {
        const std::uint8_t byte = dictionary.at(from + i);
        out.push_back(byte);
        dictionary.add(byte);
    }
    return true;
}

Result<Bytes> decompress(View packed, std::uint32_t size, Budget& budget) {
    Dictionary dictionary;
    ByteReader reader(packed);
    Bytes out;
    for (bool more = true; more;) {
        TRY(budget.check_time());
        const std::uint8_t control = TRY(reader.u8());
        const std::size_t before = out.size();
        for (unsigned bit = 0; bit < 8 && more; ++bit) {
            if ((control >> bit & 1) != 0) {
                more = TRY(take_reference(reader, dictionary, out));
                continue;
            }
            out.push_back(TRY(reader.u8()));
            dictionary.add(out.back());
        }
        TRY(budget.take_unpacked(out.size() - before));
        if (out.size() > budget.limits().bytes_in_memory / 4) return refuse(Reason::limit_memory);
    }
    if (out.size() < size) return refuse(Reason::input_damaged);
    out.resize(size); // some writers add a byte
    return out;
}

} // namespace

Result<Bytes> decompress_rtf(View compressed, Budget& budget) {
    constexpr std::uint32_t behind_size = 12; // of the header, counted in its first field
    ByteReader reader(compressed);
    const std::uint32_t packed_size = TRY(reader.u32le());
    const std::uint32_t size = TRY(reader.u32le());
    const std::uint32_t kind = TRY(reader.u32le());
    const std::uint32_t crc = TRY(reader.u32le());
    if (packed_size < behind_size) return refuse(Reason::input_damaged);
    const View packed = TRY(reader.bytes(packed_size - behind_size));
    if (kind == plain_kind) {
        if (packed.size() < size) return refuse(Reason::input_damaged);
        return Bytes(packed.begin(), packed.begin() + size);
    }
    if (kind != compressed_kind) return refuse(Reason::input_damaged);
    // 2.1.3.2: a CRC-32 that starts at 0 and is not inverted at the end.
    if (~libdeflate_crc32(0xFFFFFFFF, packed.data(), packed.size()) != crc) return refuse(Reason::input_damaged);
    return decompress(packed, size, budget);
}

Result<> read_rich_text(View compressed, Message& into, Context& context) {
    using Origin = rtf_text::Body::Origin;
    const auto damaged = [&](const Error& error) -> Result<> {
        if (error.code.starts_with("limit.") || error.kind == ErrorKind::fail) return std::unexpected(error);
        context.found(Finding::mail_broken, Action::removed);
        return {};
    };
    const auto rtf = decompress_rtf(compressed, context.budget());
    if (!rtf) return damaged(rtf.error());
    auto body = rtf_text::read(*rtf, context.budget());
    if (!body) return damaged(body.error());
    context.found(Finding::mail_rich_text, Action::converted);
    if (body->origin == Origin::page) {
        into.page = std::move(body->text);
        into.has_page = true;
    } else if (!into.has_text) {
        into.text = std::move(body->text);
        into.has_text = true;
    }
    return {};
}

} // namespace sekisho::mail
