#include "sanitizer/verify/pdf/frame.h"

#include <algorithm>
#include <map>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/lexer.h"

namespace sekisho::verify {

namespace {

std::unexpected<Error> bad_frame() {
    return refuse(Reason::verify_pdf_frame);
}
std::unexpected<Error> bad_xref() {
    return refuse(Reason::verify_pdf_xref);
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

// Removes one line end from the back; false if there is none.
bool chop_line_end(std::string_view& text) {
    if (text.ends_with("\r\n")) {
        text.remove_suffix(2);
    } else if (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    } else {
        return false;
    }
    return true;
}

std::size_t after_line_end(std::string_view text, std::size_t position) {
    if (text.substr(position).starts_with("\r\n")) return position + 2;
    if (text.substr(position).starts_with('\n')) return position + 1;
    return position;
}

// "%PDF-1.x", then at most one comment of a few bytes beyond ASCII, which tells transports that the file is binary.
Result<std::size_t> header_end(std::string_view text) {
    if (!text.starts_with("%PDF-1.") || text.size() < 16 || !is_digit(text[7])) return bad_frame();
    std::size_t position = after_line_end(text, 8);
    if (position == 8) return bad_frame();
    if (text[position] != '%') return position;
    const std::size_t begin = ++position;
    while (position < text.size() && static_cast<unsigned char>(text[position]) >= 0x80) ++position;
    const std::size_t end = after_line_end(text, position);
    if (position - begin > 8 || end == position) return bad_frame();
    return end;
}

class Accountant {
public:
    Accountant(PopplerFile& file, const Frame& frame) : m_file(file), m_frame(frame), m_text(as_text(file.bytes())) {}

    Result<> run() {
        TRY(list_entries());
        std::size_t position = m_frame.body;
        for (const auto& [offset, number] : m_plain) {
            TRY(only_space(position, offset));
            position = TRY(object_end(static_cast<std::size_t>(offset), number));
        }
        TRY(only_space(position, m_frame.xref));
        return only_space(TRY(table_end()), m_frame.startxref);
    }

private:
    Result<> list_entries() {
        for (int number = 0; number < m_file.object_count(); ++number) {
            const XrefEntry entry = m_file.entry(number);
            if (entry.kind == XrefEntry::Kind::absent) continue;
            if (number == 0 || entry.kind == XrefEntry::Kind::packed) return bad_xref();
            if (entry.offset < m_frame.body || entry.offset >= m_frame.xref) return bad_xref();
            if (!m_plain.emplace(entry.offset, number).second) return bad_xref();
        }
        return {};
    }

    Result<> only_space(std::size_t from, std::uint64_t to) const {
        if (from > to) return bad_frame();
        const std::string_view gap = m_text.substr(from, static_cast<std::size_t>(to) - from);
        if (!std::ranges::all_of(gap, is_space)) return bad_frame();
        return {};
    }

    // Reads "5 0 obj ... endobj" and returns where it ends.
    Result<std::size_t> object_end(std::size_t offset, int number) {
        Lexer lexer(m_file.bytes().first(m_frame.startxref));
        lexer.seek(offset);
        const Token first = TRY(lexer.next());
        const Token second = TRY(lexer.next());
        if (first.begin != offset || !first.is(Token::Kind::integer) || first.number != number) return bad_xref();
        if (!second.is(Token::Kind::integer) || second.number != 0) return bad_xref();
        if (!TRY(lexer.next()).is_keyword("obj")) return bad_xref();
        TRY(skip_object(lexer));
        const Token after = TRY(lexer.next());
        if (after.is_keyword("endobj")) return lexer.position();
        if (!after.is_keyword("stream")) return refuse(Reason::verify_pdf_syntax);
        TRY(skip_payload(lexer, number));
        return lexer.position();
    }

    // Both readers must see the payload at the same place.
    Result<> skip_payload(Lexer& lexer, int number) {
        const std::size_t begin = after_line_end(m_text, lexer.position());
        const Object stream = TRY(m_file.fetch(number));
        if (!stream.isStream()) return refuse(Reason::verify_pdf_syntax);
        const View payload = TRY(m_file.raw_stream(stream));
        if (begin == lexer.position() || payload.data() != m_file.bytes().data() + begin)
            return refuse(Reason::verify_pdf_syntax);
        if (payload.size() > m_frame.startxref - begin) return refuse(Reason::verify_pdf_syntax);
        lexer.seek(after_line_end(m_text, begin + payload.size()));
        if (!m_text.substr(lexer.position()).starts_with("endstream")) return refuse(Reason::verify_pdf_syntax);
        if (!TRY(lexer.next()).is_keyword("endstream")) return refuse(Reason::verify_pdf_syntax);
        if (!TRY(lexer.next()).is_keyword("endobj")) return refuse(Reason::verify_pdf_syntax);
        return {};
    }

    // One section from 0 that says the same to us as to Poppler, and a trailer.
    Result<std::size_t> table_end() {
        Lexer lexer(m_file.bytes().first(m_frame.startxref));
        lexer.seek(m_frame.xref);
        if (!TRY(lexer.next()).is_keyword("xref")) return bad_xref();
        const Token first = TRY(lexer.next());
        const Token count = TRY(lexer.next());
        if (!first.is(Token::Kind::integer) || first.number != 0) return bad_xref();
        if (!count.is(Token::Kind::integer) || count.number != m_file.object_count()) return bad_xref();
        for (int number = 0; number < m_file.object_count(); ++number) TRY(table_row(lexer, number));
        if (!TRY(lexer.next()).is_keyword("trailer")) return bad_xref();
        TRY(skip_object(lexer));
        return lexer.position();
    }

    Result<> table_row(Lexer& lexer, int number) {
        const Token offset = TRY(lexer.next());
        const Token generation = TRY(lexer.next());
        const Token use = TRY(lexer.next());
        if (!offset.is(Token::Kind::integer) || !generation.is(Token::Kind::integer)) return bad_xref();
        const XrefEntry entry = m_file.entry(number);
        if (use.is_keyword("f") && entry.kind == XrefEntry::Kind::absent) return {};
        if (!use.is_keyword("n") || entry.kind != XrefEntry::Kind::plain || generation.number != 0) return bad_xref();
        if (static_cast<std::uint64_t>(offset.number) != entry.offset) return bad_xref();
        return {};
    }

    PopplerFile& m_file;
    const Frame& m_frame;
    std::string_view m_text;
    std::map<std::uint64_t, int> m_plain; // offset, number
};

} // namespace

Result<Frame> read_frame(View file) {
    Frame frame;
    std::string_view text = as_text(file);
    frame.body = TRY(header_end(text));
    chop_line_end(text);
    if (!text.ends_with("%%EOF")) return bad_frame();
    text.remove_suffix(5);
    if (!chop_line_end(text)) return bad_frame();
    std::size_t power = 1;
    std::size_t digits = 0;
    for (; !text.empty() && is_digit(text.back()); text.remove_suffix(1)) {
        if (++digits > 12) return bad_frame();
        frame.xref += static_cast<std::size_t>(text.back() - '0') * power;
        power *= 10;
    }
    if (digits == 0 || !chop_line_end(text) || !text.ends_with("startxref")) return bad_frame();
    frame.startxref = text.size() - std::string_view("startxref").size();
    if (frame.xref < frame.body || frame.xref >= frame.startxref) return bad_frame();
    return frame;
}

Result<> account_for_bytes(PopplerFile& file, const Frame& frame) {
    return Accountant(file, frame).run();
}

} // namespace sekisho::verify
