#include "sanitizer/formats/jww/archive.h"

#include "sanitizer/formats/cad/coding.h"

namespace sekisho::jww {

namespace {

constexpr std::uint16_t new_class_tag = 0xFFFF, class_flag = 0x8000, big_tag = 0x7FFF;
constexpr std::uint32_t big_class_flag = 0x80000000;
constexpr std::uint32_t longest_text = 1 << 20;

} // namespace

// One byte; 0xFF: two; 0xFFFF: four. 0xFFFE in the two says that the text is UTF-16 and that its length follows.
Result<std::uint32_t> ArchiveReader::length(bool& unicode) {
    const std::uint8_t byte = TRY(m_in.u8());
    if (byte != 0xFF) return byte;
    const std::uint16_t word = TRY(m_in.u16le());
    if (word == 0xFFFE && !unicode) {
        unicode = true;
        return length(unicode);
    }
    return word == 0xFFFF ? TRY(m_in.u32le()) : word;
}

Result<Text> ArchiveReader::text() {
    Text made;
    const std::uint32_t size = TRY(length(made.unicode));
    if (size > longest_text) return refuse(Reason::cad_damaged);
    if (!made.unicode) {
        const std::string_view bytes = as_text(TRY(m_in.bytes(size)));
        if (auto utf8 = cad::decode(bytes, cad::Coding::cp932)) {
            made.utf8 = std::move(*utf8);
            return made;
        }
        return refuse(Reason::text_charset);
    }
    ByteReader units(TRY(m_in.bytes(std::size_t{size} * 2)));
    while (!units.at_end()) {
        char32_t point = TRY(units.u16le());
        if (point >= 0xDC00 && point <= 0xDFFF) return refuse(Reason::text_charset);
        if (point >= 0xD800 && point <= 0xDBFF) {
            if (units.at_end()) return refuse(Reason::text_charset);
            const std::uint16_t low = TRY(units.u16le());
            if (low < 0xDC00 || low > 0xDFFF) return refuse(Reason::text_charset);
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00U);
        }
        cad::append(made.utf8, point);
    }
    return made;
}

Result<std::uint32_t> ArchiveReader::count(bool& escaped) {
    const std::uint16_t word = TRY(m_in.u16le());
    escaped = word == 0xFFFF;
    return escaped ? TRY(m_in.u32le()) : word;
}

Result<const ArchiveReader::Class*> ArchiveReader::new_class() {
    Class made;
    made.schema = TRY(m_in.u16le());
    const std::uint16_t size = TRY(m_in.u16le());
    made.name = as_text(TRY(m_in.bytes(size)));
    const auto& stored = m_classes[m_next] = std::move(made);
    m_next += 2; // the object has a number, too
    return &stored;
}

Result<const ArchiveReader::Class*> ArchiveReader::object() {
    const std::uint16_t tag = TRY(m_in.u16le());
    if (tag == new_class_tag) return new_class();
    std::uint32_t number = tag & ~std::uint32_t{class_flag};
    bool is_class = (tag & class_flag) != 0;
    if (tag == big_tag) {
        number = TRY(m_in.u32le());
        is_class = (number & big_class_flag) != 0;
        number &= ~big_class_flag;
    }
    const auto found = m_classes.find(number);
    if (!is_class || found == m_classes.end()) return refuse(Reason::cad_damaged);
    ++m_next;
    return &found->second;
}

Bytes ArchiveWriter::end() {
    Bytes made = m_out.back().take();
    m_out.pop_back();
    return made;
}

void ArchiveWriter::length(std::size_t length) {
    if (length < 0xFF) return out().u8(static_cast<std::uint8_t>(length));
    out().u8(0xFF);
    if (length < 0xFFFE) return out().u16le(static_cast<std::uint16_t>(length));
    out().u16le(0xFFFF);
    out().u32le(static_cast<std::uint32_t>(length));
}

void ArchiveWriter::text(const Text& text) {
    if (!text.unicode) {
        const std::string bytes = cad::encode(text.utf8, cad::Coding::cp932);
        length(bytes.size());
        return out().text(bytes);
    }
    ByteWriter units;
    for (const char32_t point : cad::points_of(text.utf8)) {
        if (point >= 0x10000) units.u16le(static_cast<std::uint16_t>(0xD800 + ((point - 0x10000) >> 10)));
        units.u16le(static_cast<std::uint16_t>(point >= 0x10000 ? 0xDC00 + ((point - 0x10000) & 0x3FF) : point));
    }
    out().u8(0xFF);
    out().u16le(0xFFFE);
    length(units.size() / 2);
    out().raw(units.bytes());
}

void ArchiveWriter::count(std::uint32_t count, bool escaped) {
    if (!escaped && count < 0xFFFF) return out().u16le(static_cast<std::uint16_t>(count));
    out().u16le(0xFFFF);
    out().u32le(count);
}

void ArchiveWriter::object(const ArchiveReader::Class& of) {
    const auto [found, made] = m_classes.try_emplace(of.name, m_next);
    if (made) {
        ++m_next;
        out().u16le(new_class_tag);
        out().u16le(of.schema);
        out().u16le(static_cast<std::uint16_t>(of.name.size()));
        out().text(of.name);
    } else if (found->second < big_tag) {
        out().u16le(static_cast<std::uint16_t>(class_flag | found->second));
    } else {
        out().u16le(big_tag);
        out().u32le(big_class_flag | found->second);
    }
    ++m_next;
}

} // namespace sekisho::jww
