#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/cff.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_operands = 48; // Technical Note 5176, appendix B

Result<std::string> read_real(ByteReader& reader) {
    std::string text;
    while (text.size() < 40) {
        const std::uint8_t byte = TRY(reader.u8());
        for (const int nibble : {byte >> 4, byte & 15}) {
            if (nibble < 10)
                text += static_cast<char>('0' + nibble);
            else if (nibble == 10)
                text += '.';
            else if (nibble == 11)
                text += 'E';
            else if (nibble == 12)
                text += "E-";
            else if (nibble == 14)
                text += '-';
            else if (nibble == 15)
                return text;
            else
                return refuse(Reason::input_damaged);
        }
    }
    return refuse(Reason::input_damaged);
}

void put_real(ByteWriter& out, std::string_view text) {
    std::vector<std::uint8_t> nibbles;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9')
            nibbles.push_back(static_cast<std::uint8_t>(text[i] - '0'));
        else if (text[i] == '.')
            nibbles.push_back(10);
        else if (text[i] == '-')
            nibbles.push_back(14);
        else if (i + 1 < text.size() && text[i + 1] == '-')
            nibbles.push_back(12), ++i;
        else
            nibbles.push_back(11);
    }
    nibbles.push_back(15);
    if (nibbles.size() % 2 != 0) nibbles.push_back(15);
    out.u8(30);
    for (std::size_t i = 0; i < nibbles.size(); i += 2)
        out.u8(static_cast<std::uint8_t>(nibbles[i] << 4 | nibbles[i + 1]));
}

void put_whole(ByteWriter& out, std::int32_t value) {
    if (value >= -107 && value <= 107) return out.u8(static_cast<std::uint8_t>(value + 139));
    if (value >= -32768 && value <= 32767) {
        out.u8(28);
        return out.u16be(static_cast<std::uint16_t>(value));
    }
    put_cff_offset(out, static_cast<std::uint32_t>(value));
}

} // namespace

Result<CffIndex> read_cff_index(ByteReader& reader) {
    const std::uint16_t count = TRY(reader.u16be());
    CffIndex items;
    if (count == 0) return items;
    const std::uint8_t size = TRY(reader.u8());
    if (size < 1 || size > 4) return refuse(Reason::input_damaged);
    ByteReader offsets(TRY(reader.bytes((count + std::size_t{1}) * size)));
    const View data = reader.rest();
    const auto next = [&]() -> Result<std::size_t> {
        std::size_t value = 0;
        for (std::uint8_t i = 0; i < size; ++i) value = value << 8 | TRY(offsets.u8());
        return value;
    };
    std::size_t start = TRY(next());
    if (start != 1) return refuse(Reason::input_damaged);
    for (std::uint16_t i = 0; i < count; ++i) {
        const std::size_t end = TRY(next());
        if (end < start || end - 1 > data.size()) return refuse(Reason::input_damaged);
        items.push_back(data.subspan(start - 1, end - start));
        start = end;
    }
    TRY(reader.skip(start - 1));
    return items;
}

void put_cff_index(ByteWriter& out, const std::vector<Bytes>& items) {
    out.u16be(static_cast<std::uint16_t>(items.size()));
    if (items.empty()) return;
    std::size_t total = 1;
    for (const Bytes& item : items) total += item.size();
    const unsigned size = total < 0x100 ? 1 : total < 0x10000 ? 2 : total < 0x1000000 ? 3 : 4;
    out.u8(static_cast<std::uint8_t>(size));
    std::size_t offset = 1;
    const auto put_offset = [&] {
        for (unsigned i = size; i-- > 0;) out.u8(static_cast<std::uint8_t>(offset >> (8 * i)));
    };
    put_offset();
    for (const Bytes& item : items) {
        offset += item.size();
        put_offset();
    }
    for (const Bytes& item : items) out.raw(item);
}

Result<CffDict> read_cff_dict(View data) {
    CffDict dict;
    std::vector<CffNumber> operands;
    for (ByteReader reader(data); !reader.at_end();) {
        const std::uint8_t byte = TRY(reader.u8());
        if (byte <= 21) {
            std::uint16_t operation = byte;
            if (byte == 12) operation = static_cast<std::uint16_t>(0x0C00 + TRY(reader.u8()));
            dict[operation] = std::move(operands);
            operands.clear();
            continue;
        }
        if (operands.size() >= most_operands) return refuse(Reason::input_damaged);
        if (byte == 28)
            operands.push_back({static_cast<std::int16_t>(TRY(reader.u16be())), {}});
        else if (byte == 29)
            operands.push_back({static_cast<std::int32_t>(TRY(reader.u32be())), {}});
        else if (byte == 30)
            operands.push_back({0, TRY(read_real(reader))});
        else if (byte >= 32 && byte <= 246)
            operands.push_back({byte - 139, {}});
        else if (byte >= 247 && byte <= 250)
            operands.push_back({(byte - 247) * 256 + TRY(reader.u8()) + 108, {}});
        else if (byte >= 251 && byte <= 254)
            operands.push_back({-(byte - 251) * 256 - TRY(reader.u8()) - 108, {}});
        else
            return refuse(Reason::input_damaged);
    }
    return dict;
}

void put_cff_entry(ByteWriter& out, std::uint16_t operation, const std::vector<CffNumber>& operands) {
    for (const CffNumber& operand : operands) {
        if (operand.real.empty())
            put_whole(out, operand.whole);
        else
            put_real(out, operand.real);
    }
    if (operation >= 0x0C00) out.u8(12);
    out.u8(static_cast<std::uint8_t>(operation));
}

void put_cff_offset(ByteWriter& out, std::uint32_t value) {
    out.u8(29);
    out.u32be(value);
}

} // namespace sekisho::pdf
