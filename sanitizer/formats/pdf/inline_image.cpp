// Inline images (ISO 32000-1, 8.9.7).
#include <algorithm>
#include <array>
#include <map>

#include "sanitizer/formats/pdf/codecs.h"
#include "sanitizer/formats/pdf/content.h"
#include "sanitizer/formats/pdf/filters.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_entries = 32;

struct Value {
    Lexeme kind = Lexeme::end;
    std::string text;
    std::vector<Value> items; // of an array, or alternating keys and values of a dictionary
};

using Entries = std::map<std::string, Value, std::less<>>;

constexpr auto long_names = std::to_array<std::pair<std::string_view, std::string_view>>({{"BPC", "BitsPerComponent"},
                                                                                          {"CS", "ColorSpace"},
                                                                                          {"D", "Decode"},
                                                                                          {"DP", "DecodeParms"},
                                                                                          {"F", "Filter"},
                                                                                          {"H", "Height"},
                                                                                          {"I", "Interpolate"},
                                                                                          {"IM", "ImageMask"},
                                                                                          {"W", "Width"}});

Value read_value(Lexer& lexer, Lexeme lexeme, unsigned depth) {
    Value value{lexeme, std::string(lexer.text()), {}};
    if (lexeme != Lexeme::array_open && lexeme != Lexeme::dictionary_open) return value;
    const Lexeme close = lexeme == Lexeme::array_open ? Lexeme::array_close : Lexeme::dictionary_close;
    for (Lexeme item = lexer.next(); item != close && item != Lexeme::end; item = lexer.next()) {
        if (depth > 3 || value.items.size() >= 4096) break;
        value.items.push_back(read_value(lexer, item, depth + 1));
    }
    return value;
}

// Reads up to "ID" and the one white-space character after it.
bool read_entries(Lexer& lexer, Entries& entries) {
    while (true) {
        const Lexeme lexeme = lexer.next();
        if (lexeme == Lexeme::keyword && lexer.is("ID")) break;
        if (lexeme != Lexeme::name || entries.size() > most_entries) return false;
        std::string key(lexer.text());
        for (const auto& [brief, full] : long_names)
            if (key == brief) key = full;
        const Lexeme next = lexer.next();
        if (next == Lexeme::end) return false;
        entries[key] = read_value(lexer, next, 0);
    }
    if (lexer.position() < lexer.view().size()) lexer.seek(lexer.position() + 1);
    return true;
}

std::int64_t number_of(const Entries& entries, std::string_view key, std::int64_t otherwise) {
    const auto at = entries.find(key);
    if (at == entries.end() || at->second.kind != Lexeme::number || at->second.text.size() > 9) return otherwise;
    return std::strtoll(at->second.text.c_str(), nullptr, 10);
}

bool flag_of(const Entries& entries, std::string_view key) {
    const auto at = entries.find(key);
    return at != entries.end() && at->second.text == "true";
}

Entries parameters_of(const Entries& entries, std::size_t filter) {
    const auto at = entries.find("DecodeParms");
    if (at == entries.end()) return {};
    const Value* value = &at->second;
    if (value->kind == Lexeme::array_open) {
        if (filter >= value->items.size()) return {};
        value = &value->items[filter];
    }
    Entries parameters;
    for (std::size_t i = 0; i + 1 < value->items.size(); i += 2) parameters[value->items[i].text] = value->items[i + 1];
    return parameters;
}

std::vector<std::string> filters_of(const Entries& entries) {
    const auto at = entries.find("Filter");
    std::vector<std::string> filters;
    if (at == entries.end()) return filters;
    if (at->second.kind == Lexeme::name) filters.push_back(at->second.text);
    for (const Value& item : at->second.items) filters.push_back(item.text);
    return filters;
}

// "EI" between white space, followed by what can be content: by its look, as every reader has to.
std::size_t find_end(View view, std::size_t from) {
    for (std::size_t at = from; at + 2 <= view.size(); ++at) {
        if (view[at] != 'E' || view[at + 1] != 'I') continue;
        if (at > from && !is_white(view[at - 1])) continue;
        if (at + 2 < view.size() && !is_white(view[at + 2])) continue;
        const View after = view.subspan(at + 2, std::min<std::size_t>(view.size() - at - 2, 12));
        if (std::ranges::all_of(after, [](std::uint8_t c) { return is_white(c) || (c >= 0x20 && c < 0x7F); }))
            return at;
    }
    return view.size();
}

class Picture {
public:
    Picture(Lexer& lexer, ContentHost& host, Context& context) : m_lexer(lexer), m_host(host), m_context(context) {}
    Result<> run(std::string& out);

private:
    Result<Bytes> undo(std::string_view filter, const Entries& parameters, View data);
    Result<Bytes> picture(View rest, std::size_t& used);
    int components() const;
    std::size_t row_size() const;
    void put(std::string& out, View bytes);
    void put_space(std::string& out);

    Lexer& m_lexer;
    ContentHost& m_host;
    Context& m_context;
    Entries m_entries;
    std::int64_t m_width = 0;
    std::int64_t m_height = 0;
    std::int64_t m_bits = 0;
    bool m_stencil = false;
    bool m_jpeg = false;
};

int Picture::components() const {
    if (m_stencil) return 1;
    const auto at = m_entries.find("ColorSpace");
    if (at == m_entries.end()) return 0;
    if (at->second.kind == Lexeme::array_open) return 1; // only Indexed may be written out here
    return m_host.components(at->second.text);
}

std::size_t Picture::row_size() const {
    return static_cast<std::size_t>((m_width * m_bits * std::max(1, components()) + 7) / 8);
}

Result<Bytes> Picture::undo(std::string_view filter, const Entries& parameters, View data) {
    const std::uint64_t limit = m_context.limits().bytes_in_memory;
    const auto parameter = [&](std::string_view key, std::int64_t otherwise) {
        return static_cast<int>(number_of(parameters, key, otherwise));
    };
    const Predictor predictor{parameter("Predictor", 1), parameter("Colors", 1), parameter("BitsPerComponent", 8),
                              parameter("Columns", 1)};
    if (filter == "Fl" || filter == "FlateDecode")
        return undo_predictor(TRY(inflate(data, data.size() * 6 + 64, limit)), predictor);
    if (filter == "LZW" || filter == "LZWDecode")
        return undo_predictor(TRY(decode_lzw(data, parameter("EarlyChange", 1) != 0, limit)), predictor);
    if (filter == "RL" || filter == "RunLengthDecode") return decode_run_length(data, limit);
    if (filter == "AHx" || filter == "ASCIIHexDecode") return decode_ascii_hex(data);
    if (filter == "A85" || filter == "ASCII85Decode") return decode_ascii85(data);
    if (filter == "DCT" || filter == "DCTDecode") {
        Jpeg jpeg = TRY(rewrite_jpeg(data, m_context.budget()));
        m_width = jpeg.width, m_height = jpeg.height, m_bits = 8, m_jpeg = true;
        return std::move(jpeg.bytes);
    }
    if (filter == "CCF" || filter == "CCITTFaxDecode") {
        FaxParameters fax;
        fax.k = static_cast<int>(std::clamp<std::int64_t>(number_of(parameters, "K", 0), -1, 1));
        fax.byte_align = flag_of(parameters, "EncodedByteAlign");
        fax.black_is_1 = flag_of(parameters, "BlackIs1");
        fax.columns = static_cast<std::uint32_t>(number_of(parameters, "Columns", 1728));
        m_width = fax.columns;
        return decode_fax(data, fax, static_cast<std::uint32_t>(m_height));
    }
    return refuse(Reason::input_damaged);
}

// Decodes what follows "ID"; `used` is where to look for "EI".
Result<Bytes> Picture::picture(View rest, std::size_t& used) {
    const auto filters = filters_of(m_entries);
    const bool sized = m_width > 0 && m_height > 0 && m_width < 1 << 20 && m_height < 1 << 20 &&
                       (m_bits == 1 || m_bits == 2 || m_bits == 4 || m_bits == 8 || m_bits == 16);
    used = find_end(rest, 0);
    if (!sized || filters.size() > 4) return refuse(Reason::input_damaged);
    TRY(m_context.budget().take_picture(static_cast<std::uint64_t>(m_width), static_cast<std::uint64_t>(m_height)));
    const std::size_t size = row_size() * static_cast<std::size_t>(m_height);
    if (filters.empty()) {
        if (components() != 0 && size <= rest.size()) used = find_end(rest, size);
    } else if (filters[0] == "Fl" || filters[0] == "FlateDecode") {
        std::size_t consumed = 0;
        if (inflate(rest, 2 * size + 64, m_context.limits().bytes_in_memory, &consumed))
            used = find_end(rest, consumed);
    }
    Bytes bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used));
    for (std::size_t i = 0; i < filters.size(); ++i) {
        if (m_jpeg) return refuse(Reason::input_damaged);
        bytes = TRY(undo(filters[i], parameters_of(m_entries, i), bytes));
        TRY(m_context.budget().take_unpacked(bytes.size()));
    }
    if (!m_jpeg) {
        // With an unknown colour space the data speak for themselves: the last white space before EI is not theirs.
        if (components() != 0)
            bytes.resize(row_size() * static_cast<std::size_t>(m_height));
        else
            return refuse(Reason::input_damaged);
    }
    return bytes;
}

void Picture::put_space(std::string& out) {
    const auto at = m_entries.find("ColorSpace");
    if (at == m_entries.end()) return;
    const Value& space = at->second;
    if (space.kind == Lexeme::name) {
        std::string name;
        put_name(name, space.text);
        m_host.uses("/ColorSpace", name);
        out += "/CS" + name;
        return;
    }
    // [/Indexed base highest table]
    const bool sound = space.items.size() == 4 && space.items[1].kind == Lexeme::name &&
                       space.items[2].kind == Lexeme::number && space.items[3].kind == Lexeme::text;
    if (!sound) return;
    out += "/CS[/Indexed";
    put_name(out, space.items[1].text);
    out += ' ';
    put_number(out, space.items[2].text);
    put_string(out, space.items[3].text);
    out += ']';
}

void Picture::put(std::string& out, View bytes) {
    out += "BI/W ";
    put_integer(out, m_width);
    out += "/H ";
    put_integer(out, m_height);
    out += "/BPC ";
    put_integer(out, m_bits);
    if (m_stencil)
        out += "/IM true";
    else
        put_space(out);
    if (flag_of(m_entries, "Interpolate")) out += "/I true";
    if (const auto at = m_entries.find("Decode"); at != m_entries.end() && !at->second.items.empty()) {
        out += "/D[";
        for (const Value& item : at->second.items) put_number(out, item.text), out += ' ';
        out += ']';
    }
    out += m_jpeg ? "/F[/AHx/DCT] ID " : "/F/AHx ID ";
    out += to_hex(bytes);
    out += ">\nEI\n";
}

Result<> Picture::run(std::string& out) {
    const bool readable = read_entries(m_lexer, m_entries);
    const View view = m_lexer.view();
    const View rest = view.subspan(std::min(m_lexer.position(), view.size()));
    m_width = number_of(m_entries, "Width", 0);
    m_height = number_of(m_entries, "Height", 0);
    m_stencil = flag_of(m_entries, "ImageMask");
    m_bits = m_stencil ? 1 : number_of(m_entries, "BitsPerComponent", 1);
    const std::size_t start = m_lexer.position();
    std::size_t used = 0;
    const auto bytes = picture(rest, used);
    m_lexer.seek(std::min(start + used + 2, view.size()));
    if (bytes && readable) {
        put(out, *bytes);
        return {};
    }
    if (!bytes && bytes.error().code.starts_with("limit.")) return std::unexpected(bytes.error());
    m_context.found(Finding::pdf_picture, Action::removed);
    return {};
}

} // namespace

Result<> rewrite_inline_image(Lexer& lexer, std::string& out, ContentHost& host, Context& context) {
    return Picture(lexer, host, context).run(out);
}

} // namespace sekisho::pdf
