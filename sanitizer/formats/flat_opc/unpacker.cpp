#include "sanitizer/formats/flat_opc/unpacker.h"

#include <expat.h>

#include <algorithm>
#include <iterator>

namespace sekisho::flat_opc {

namespace {

constexpr std::string_view package_uri = "http://schemas.microsoft.com/office/2006/xmlPackage";
constexpr std::size_t worth_writing = 64 * 1024, most_declarations = 4096, longest_name = 1024;

bool is_declaration(std::string_view name) {
    return name == "xmlns" || name.starts_with("xmlns:");
}

std::string_view local_of(std::string_view name) {
    return name.substr(name.find(':') + 1);
}

// Whatever else it may say: what it leads to is decided by who reads the package.
bool is_part_name(std::string_view name) {
    const bool plain = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
    return name.size() > 1 && name.size() <= longest_name && name.starts_with('/') && !name.ends_with('/') && plain;
}

} // namespace

// Nothing may be thrown through expat, which is C.
struct Unpacker::Callbacks {
    template <typename Body> static void guarded(void* self, Body body) {
        auto& unpacker = *static_cast<Unpacker*>(self);
        if (unpacker.m_failed) return;
        try {
            if (auto done = body(unpacker); !done) unpacker.stop(std::move(done).error());
        } catch (const std::bad_alloc&) {
            unpacker.stop(refuse(Reason::limit_memory).error());
        } catch (...) {
            unpacker.stop(refuse(Reason::internal).error());
        }
    }
    static void start(void* self, const char* name, const char** attributes) {
        guarded(self, [&](Unpacker& unpacker) { return unpacker.start(name, attributes); });
    }
    static void end(void* self, const char* name) {
        guarded(self, [&](Unpacker& unpacker) { return unpacker.end(name); });
    }
    static void text(void* self, const char* text, int size) {
        guarded(self, [&](Unpacker& unpacker) { return unpacker.characters({text, static_cast<std::size_t>(size)}); });
    }
    static void doctype(void* self, const char*, const char*, const char*, int) {
        guarded(self, [](Unpacker&) -> Result<> { return refuse(Reason::ooxml_dtd); });
    }
};

Unpacker::Unpacker(Context& context, Sink& out) : m_context(context), m_zip(out), m_parser(XML_ParserCreate(nullptr)) {
    if (!m_parser) throw std::bad_alloc();
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(m_parser, Callbacks::text);
    XML_SetStartDoctypeDeclHandler(m_parser, Callbacks::doctype);
}

Unpacker::~Unpacker() {
    XML_ParserFree(m_parser);
}

void Unpacker::stop(Error error) {
    m_error = std::move(error);
    m_failed = true;
    XML_StopParser(m_parser, XML_FALSE);
}

Result<> Unpacker::run(const Source& in) {
    Bytes piece(256 * 1024);
    for (std::uint64_t at = 0; at <= in.size();) {
        const std::size_t size = TRY(in.read_at(at, piece));
        at += size;
        const bool last = size < piece.size() || at == in.size();
        const auto status = XML_Parse(m_parser, as_chars(piece.data()), static_cast<int>(size), last ? 1 : 0);
        if (m_failed) return std::unexpected(m_error);
        if (status != XML_STATUS_OK) return refuse(Reason::input_damaged);
        if (last) break;
    }
    TRY(write_types());
    return m_zip.finish();
}

bool Unpacker::is_frame(std::string_view name, std::string_view local) const {
    if (local_of(name) != local) return false;
    const std::string_view prefix = name.substr(0, name.size() - local.size());
    const std::string declared = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix.substr(0, prefix.size() - 1));
    for (std::size_t i = m_declared.size(); i-- > 0;)
        if (m_declared[i].name == declared) return m_declared[i].uri == package_uri;
    return false;
}

// Attributes of the frame have its prefix.
std::string_view Unpacker::frame_value(const char** attributes, std::string_view local) const {
    for (; *attributes; attributes += 2) {
        const std::string_view name = attributes[0];
        if (name.find(':') != name.npos && is_frame(name, local)) return attributes[1];
    }
    return {};
}

Result<> Unpacker::start(std::string_view name, const char** attributes) {
    if (m_depth + m_passing >= deepest) return refuse(Reason::limit_depth);
    TRY(m_context.budget().check_time());
    if (m_passing > 0) {
        ++m_passing;
        return {};
    }
    if (m_inside == Inside::xml) {
        start_content(name, attributes);
        return flush(worth_writing);
    }
    return start_frame(name, attributes);
}

Result<> Unpacker::start_frame(std::string_view name, const char** attributes) {
    const std::size_t before = m_declared.size();
    for (const char** each = attributes; *each; each += 2)
        if (is_declaration(each[0])) m_declared.push_back({each[0], each[1]});
    if (m_declared.size() > most_declarations) return refuse(Reason::input_damaged);
    if (m_inside == Inside::nothing) {
        if (!is_frame(name, "package")) return refuse(Reason::input_damaged);
        m_inside = Inside::package;
    } else if (m_inside == Inside::package && is_frame(name, "part")) {
        TRY(start_part(attributes));
    } else if (m_inside == Inside::part && m_member && is_frame(name, "xmlData")) {
        m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        m_inside = Inside::xml;
    } else if (m_inside == Inside::part && m_member && is_frame(name, "binaryData")) {
        m_inside = Inside::binary;
    } else {
        m_declared.resize(before);
        m_passing = 1;
        return {};
    }
    m_scopes.push_back(before);
    return {};
}

Result<> Unpacker::start_part(const char** attributes) {
    m_inside = Inside::part;
    const std::string_view name = frame_value(attributes, "name");
    if (!is_part_name(name) || m_types.contains(std::string(name)) || name == "/[Content_Types].xml") {
        m_context.found(Finding::ooxml_package_quirk, Action::removed);
        return {};
    }
    TRY(m_context.budget().take_members());
    m_types.emplace(name, frame_value(attributes, "contentType"));
    m_member = TRY(m_zip.begin_member(name.substr(1), ZipWriter::Pack::fast));
    return {};
}

Result<> Unpacker::end(std::string_view name) {
    if (m_passing > 0) {
        --m_passing;
        return {};
    }
    if (m_inside != Inside::xml || m_depth == 0) return end_frame();
    --m_depth;
    if (m_tag_open) {
        m_out += "/>";
    } else {
        m_out += "</";
        m_out += name;
        m_out += '>';
    }
    m_tag_open = false;
    return {};
}

Result<> Unpacker::end_frame() {
    if (m_inside == Inside::xml) TRY(flush(0));
    if (m_inside == Inside::binary) TRY(binary(true));
    if (m_inside == Inside::part && m_member) TRY(m_zip.end_member());
    if (m_inside == Inside::part) m_member = nullptr;
    m_inside = m_inside == Inside::part      ? Inside::package
               : m_inside == Inside::package ? Inside::nothing
                                             : Inside::part;
    m_declared.resize(m_scopes.back());
    m_scopes.pop_back();
    return {};
}

Result<> Unpacker::characters(std::string_view text) {
    if (m_passing > 0) return {};
    if (m_inside == Inside::xml && m_depth > 0) {
        close_tag();
        escaped(text, false);
        return flush(worth_writing);
    }
    if (m_inside != Inside::binary) return {};
    std::ranges::copy_if(text, std::back_inserter(m_base64),
                         [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
    return binary(false);
}

Result<> Unpacker::binary(bool last) {
    if (!last && m_base64.size() < worth_writing) return {};
    const std::size_t whole = last ? m_base64.size() : m_base64.size() / 4 * 4;
    const auto bytes = from_base64(std::string_view(m_base64).substr(0, whole));
    if (!bytes) return refuse(Reason::input_damaged);
    m_base64.erase(0, whole);
    TRY(m_context.budget().take_unpacked(bytes->size()));
    return m_member->write(View(*bytes));
}

// The root of a part says itself what the frame had declared around it.
void Unpacker::start_content(std::string_view name, const char** attributes) {
    close_tag();
    m_out += '<';
    m_out += name;
    if (m_depth == 0) {
        std::map<std::string_view, std::string_view> in_scope;
        for (const Declaration& declared : m_declared) in_scope[declared.name] = declared.uri;
        for (const char** each = attributes; *each; each += 2) in_scope.erase(each[0]);
        for (const auto& [declared, uri] : in_scope)
            if (!uri.empty()) attribute(declared, uri);
    }
    for (; *attributes; attributes += 2) attribute(attributes[0], attributes[1]);
    m_tag_open = true;
    ++m_depth;
}

Result<> Unpacker::flush(std::size_t worth) {
    if (m_out.size() < worth) return {};
    TRY(m_context.budget().take_unpacked(m_out.size()));
    TRY(m_member->write(std::string_view(m_out)));
    m_out.clear();
    return {};
}

Result<> Unpacker::write_types() {
    m_out = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
    for (const auto& [part, type] : m_types) {
        m_out += "<Override";
        attribute("PartName", part);
        attribute("ContentType", type);
        m_out += "/>";
    }
    return m_zip.add("[Content_Types].xml", as_view(m_out + "</Types>"), ZipWriter::Pack::fast);
}

void Unpacker::close_tag() {
    if (m_tag_open) m_out += '>';
    m_tag_open = false;
}

void Unpacker::attribute(std::string_view name, std::string_view value) {
    m_out += ' ';
    m_out += name;
    m_out += "=\"";
    escaped(value, true);
    m_out += '"';
}

void Unpacker::escaped(std::string_view text, bool in_attribute) {
    for (const char c : text) {
        if (c == '&')
            m_out += "&amp;";
        else if (c == '<')
            m_out += "&lt;";
        else if (c == '>')
            m_out += "&gt;";
        else if (c == '\r' || (in_attribute && (c == '"' || c == '\n' || c == '\t')))
            m_out += "&#" + std::to_string(static_cast<int>(c)) + ";";
        else
            m_out += c;
    }
}

} // namespace sekisho::flat_opc
