#include "sanitizer/formats/binhex/binhex.h"

#include <array>
#include <new>

namespace sekisho::binhex {

namespace {

// RFC 1741, Appendix A.
constexpr std::string_view comment = "(This file must be converted with BinHex";
constexpr std::string_view alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
static_assert(alphabet.size() == 64);

constexpr std::array<std::int8_t, 256> make_values() {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}
constexpr auto values = make_values();

// The bytes that the characters stand for, still with their runs. Stops at the colon that ends them.
Result<Bytes> decode_characters(std::string_view text) {
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    unsigned gathered = 0, bits = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n' || c == '\t' || c == ' ') continue;
        if (c == ':') return out;
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0) return refuse(Reason::input_damaged);
        gathered = (gathered << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out.push_back(static_cast<std::uint8_t>(gathered >> bits));
    }
    return refuse(Reason::input_short);
}

// 0x90 and a count stand for that many of the byte before; 0x90 0 is the byte itself.
Result<Bytes> expand_runs(View packed, Budget& budget) {
    constexpr std::uint8_t run = 0x90;
    Bytes out;
    ByteReader reader(packed);
    while (!reader.at_end()) {
        TRY(budget.check_time());
        const std::uint8_t byte = TRY(reader.u8());
        const std::uint8_t count = byte == run ? TRY(reader.u8()) : 0;
        if (count == 0) {
            TRY(budget.take_unpacked(1));
            out.push_back(byte);
            continue;
        }
        if (out.empty()) return refuse(Reason::input_damaged);
        TRY(budget.take_unpacked(count - 1U));
        out.insert(out.end(), count - 1U, out.back());
        if (out.size() > budget.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    }
    return out;
}

// CRC-16 with the polynomial 0x1021, from 0.
std::uint16_t crc_of(View bytes) {
    unsigned crc = 0;
    for (const std::uint8_t byte : bytes) {
        crc ^= static_cast<unsigned>(byte) << 8;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1;
    }
    return static_cast<std::uint16_t>(crc);
}

Result<View> checked(ByteReader& reader, std::size_t size) {
    const View bytes = TRY(reader.bytes(size));
    if (TRY(reader.u16be()) != crc_of(bytes)) return refuse(Reason::input_damaged);
    return bytes;
}

} // namespace

std::string_view find(std::string_view text) {
    std::size_t at = text.find(comment);
    while (at != text.npos && at > 0 && text[at - 1] != '\n') at = text.find(comment, at + 1);
    if (at == text.npos) return {};
    const std::size_t begin = text.find("\n:", at);
    const std::size_t end = begin == text.npos ? begin : text.find(':', begin + 2);
    return end == text.npos ? std::string_view() : text.substr(at, end + 1 - at);
}

Result<File> decode(std::string_view text, Budget& budget) {
    if (const std::size_t start = text.find(comment); start != text.npos) text.remove_prefix(start + comment.size());
    const std::size_t colon = text.find("\n:");
    if (colon == text.npos) return refuse(Reason::input_damaged);
    const Bytes characters = TRY(decode_characters(text.substr(colon + 2)));
    const Bytes bytes = TRY(expand_runs(characters, budget));
    constexpr std::size_t behind_name = 1 + 4 + 4 + 2 + 4 + 4; // version, type, creator, flags, two lengths
    const std::size_t name_size = bytes.empty() ? 0 : bytes[0];
    ByteReader reader(bytes);
    ByteReader header(TRY(checked(reader, 1 + name_size + behind_name)));
    TRY(header.skip(1));
    File file;
    file.name = as_text(TRY(header.bytes(name_size)));
    TRY(header.skip(behind_name - 8));
    const std::uint32_t data_size = TRY(header.u32be()), resource_size = TRY(header.u32be());
    const View data = TRY(checked(reader, data_size));
    TRY(checked(reader, resource_size));
    file.data.assign(data.begin(), data.end());
    file.has_resources = resource_size > 0;
    return file;
}

Result<Type> unpack(Job& job) try {
    Context& context = job.context;
    if (job.in.size() > context.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    const File file = TRY(decode(as_text(TRY(job.in.whole(job.in.size()))), context.budget()));
    context.found(Finding::mail_encoded, Action::extracted);
    if (file.has_resources) context.found(Finding::zip_hidden_data, Action::removed);
    return context.sanitize_nested(MemorySource(file.data), job.out, file.name);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::binhex
