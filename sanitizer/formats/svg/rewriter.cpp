#include "sanitizer/formats/svg/rewriter.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sanitizer/formats/svg/address.h"

namespace sekisho::svg {

namespace {

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

std::string_view value_of(const std::vector<GivenAttribute>& attributes, std::string_view name) {
    for (const GivenAttribute& attribute : attributes)
        if (attribute.name.space.empty() && attribute.name.local == name) return attribute.value;
    return {};
}

// SVG 2's own href goes before the one of XLink.
std::string_view address_in(const std::vector<GivenAttribute>& attributes) {
    std::string_view found = value_of(attributes, "href");
    for (const GivenAttribute& attribute : attributes)
        if (found.empty() && attribute.name.space == namespace_xlink && attribute.name.local == "href")
            found = attribute.value;
    return found;
}

bool is_address(const GivenAttribute& attribute) {
    return attribute.name.local == "href" && (attribute.name.space.empty() || attribute.name.space == namespace_xlink);
}

double number_of(std::string_view text, double otherwise) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && value > -1e6 && value < 1e6 ? value : otherwise;
}

Attributes local_names(const std::vector<GivenAttribute>& attributes) {
    Attributes out;
    for (const GivenAttribute& attribute : attributes)
        if (attribute.name.space.empty()) out.emplace_back(attribute.name.local, attribute.value);
    return out;
}

bool is_final(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.");
}

} // namespace

// Drawings without any namespace are found inside of pages; style sheets of the page's own language count, too.
Element Rewriter::kind_of_name(Name name) const {
    if (name.space == namespace_html)
        return name.local == "style"                    ? Element::style
               : kind_of(name.local) == Element::script ? Element::script
                                                        : Element::foreign;
    if (name.space != namespace_svg && !name.space.empty()) return Element::metadata;
    return kind_of(name.local);
}

void Rewriter::note_left_out(Element kind, Name name, const std::vector<GivenAttribute>& attributes) {
    for (const GivenAttribute& attribute : attributes) {
        if (kind_of_attribute(attribute.name.local) == Attribute::script) m_loss.script = true;
        if (is_address(attribute) && where_to(attribute.value) == Where::script) m_loss.script = true;
        if (kind == Element::animation && attribute.name.local == "attributeName" &&
            attribute.value.find("href") != attribute.value.npos)
            m_loss.script = true;
    }
    constexpr auto active =
        std::to_array<std::string_view>({"iframe", "object", "embed", "applet", "form", "meta", "link", "base"});
    const bool is_active = std::ranges::find(active, name.local) != active.end();
    if (kind == Element::script || is_active)
        m_loss.script = true;
    else if (kind == Element::animation)
        m_loss.animation = true;
    else if (kind == Element::metadata)
        m_loss.metadata = true;
    else if (kind == Element::foreign)
        m_loss.foreign = true;
    else
        m_loss.unknown = true;
}

Result<> Rewriter::start(Name name, const std::vector<GivenAttribute>& attributes) {
    const Element kind = kind_of_name(name);
    if (m_foreign) {
        note_left_out(name.space == namespace_html ? kind == Element::script ? kind : Element::foreign : kind, name,
                      attributes);
        m_foreign_names.emplace_back(name.local);
        m_foreign->start(name.local, local_names(attributes));
        return {};
    }
    if (m_open.empty() && (kind != Element::container || name.local != "svg")) return refuse(Reason::input_damaged);
    const bool closed = !m_open.empty() && (m_open.back().leaf || m_open.back().kind == Element::note ||
                                            m_open.back().kind == Element::style);
    const bool allowed = kind <= Element::choice &&
                         !(in_words() && kind != Element::words && kind != Element::link && kind != Element::note);
    if (m_left_out > 0 || closed || (!allowed && kind != Element::foreign)) {
        const bool silent = closed && kind == Element::note; // the title of a picture
        if (!silent) note_left_out(kind, name, attributes);
        ++m_left_out;
        return {};
    }
    if (kind == Element::foreign) {
        note_left_out(kind, name, attributes);
        m_foreign.emplace(local_names(attributes), m_backgrounds);
        return {};
    }
    return open(kind, name, attributes);
}

Result<> Rewriter::open(Element kind, Name name, const std::vector<GivenAttribute>& attributes) {
    Open* const parent = m_open.empty() ? nullptr : &m_open.back();
    if (parent && parent->held) {
        if (name.local == "text" && kind == Element::words)
            begin_stand_in(attributes);
        else
            parent->held.reset(); // a picture or shapes stand for it
    }
    if (m_stand_in && m_open.size() > m_stand_in->depth) { // it has parts of its own: no shortened copy
        m_output.characters(m_stand_in->text);
        m_stand_in.reset();
    }
    const std::string_view address = address_in(attributes);
    const Where where = where_to(address);
    if (kind == Element::use && where != Where::inside) {
        if (!address.empty()) (where == Where::script ? m_loss.script : m_loss.external) = true;
        ++m_left_out;
        return {};
    }
    if (kind == Element::image && where != Where::picture) {
        if (!address.empty()) (where == Where::script ? m_loss.script : m_loss.external) = true;
        ++m_left_out;
        return {};
    }
    if (kind == Element::style) {
        m_sheet.clear();
    } else if (kind == Element::image) {
        if (!TRY(write_image(attributes))) {
            ++m_left_out;
            return {};
        }
    } else {
        if (m_open.empty()) m_output.declaration();
        m_output.start(name.local);
        if (m_open.empty()) {
            m_output.attribute("xmlns", namespace_svg);
            m_output.attribute("xmlns:xlink", namespace_xlink);
        }
        TRY(write_attributes(kind, attributes));
    }
    const std::string_view id = value_of(attributes, "id");
    m_uses.start(id, kind == Element::use ? address.substr(1) : std::string_view());
    Open open;
    open.kind = kind;
    open.name = name.local;
    open.words = kind == Element::words || kind == Element::note || (kind == Element::link && in_words());
    open.leaf = kind == Element::use || kind == Element::image;
    m_drawn = m_drawn || (parent && kind != Element::note && kind != Element::style && kind != Element::link);
    m_open.push_back(std::move(open));
    return m_output.flush(false);
}

void Rewriter::write_attribute(Element kind, const GivenAttribute& attribute) {
    if (attribute.name.space == namespace_xml) {
        const bool space =
            attribute.name.local == "space" && (attribute.value == "preserve" || attribute.value == "default");
        StyleLoss loss;
        if (space || (attribute.name.local == "lang" && is_clean_value(attribute.value, loss)))
            m_output.attribute(space ? "xml:space" : "xml:lang", attribute.value);
        return;
    }
    if (!attribute.name.space.empty()) {
        if (attribute.name.space != namespace_xlink || attribute.name.local.empty()) m_loss.metadata = true;
        return;
    }
    switch (kind_of_attribute(attribute.name.local)) {
    case Attribute::plain:
        if (is_clean_value(attribute.value, m_loss.style)) m_output.attribute(attribute.name.local, attribute.value);
        break;
    case Attribute::style: {
        const std::string declarations = clean_declarations(attribute.value, m_loss.style);
        if (!declarations.empty()) m_output.attribute("style", declarations);
        break;
    }
    case Attribute::script:
        m_loss.script = true;
        break;
    case Attribute::metadata:
        m_loss.metadata = true;
        break;
    default:
        if (kind != Element::link) m_loss.unknown = true;
    }
}

Result<> Rewriter::write_attributes(Element kind, const std::vector<GivenAttribute>& attributes) {
    for (const GivenAttribute& attribute : attributes)
        if (!is_address(attribute)) write_attribute(kind, attribute);
    const std::string_view address = address_in(attributes);
    if (address.empty()) return {};
    const Where where = where_to(address);
    if (where == Where::inside || (where == Where::safe && kind == Element::link))
        m_output.attribute("xlink:href", address);
    else
        (where == Where::script ? m_loss.script : m_loss.external) = true;
    return {};
}

// False: it could not be encoded again.
Result<bool> Rewriter::write_image(const std::vector<GivenAttribute>& attributes) {
    const auto entered = m_context.enter(sekisho::Place::picture, ++m_pictures);
    const auto bytes = data_of(address_in(attributes));
    MemorySink clean(m_context.limits().bytes_in_memory);
    Result<Type> type = refuse(Reason::input_damaged);
    if (bytes) type = m_context.sanitize_nested(MemorySource(*bytes), clean, "");
    if (!type && is_final(type.error())) return std::unexpected(type.error());
    const bool known = type && (*type == Type::png || *type == Type::jpeg || *type == Type::gif);
    if (!known) {
        m_loss.picture = true;
        return false;
    }
    m_output.start("image");
    for (const GivenAttribute& attribute : attributes)
        if (!is_address(attribute)) write_attribute(Element::image, attribute);
    const std::string head = "data:" + std::string(row_of(*type).media) + ";base64,";
    m_output.attribute("xlink:href", head + to_base64(clean.bytes()));
    return true;
}

void Rewriter::begin_stand_in(const std::vector<GivenAttribute>& attributes) {
    StandIn text;
    text.depth = m_open.size() + 1;
    text.x = number_of(value_of(attributes, "x"), 0);
    text.y = number_of(value_of(attributes, "y"), 0);
    text.size = number_of(value_of(attributes, "font-size"), 12);
    m_stand_in = text;
}

void Rewriter::end_stand_in() {
    const StandIn text = std::move(*m_stand_in);
    m_stand_in.reset();
    Open& choice = m_open[text.depth - 2];
    const auto lines = choice.held ? choice.held->lines() : std::vector<std::string>();
    choice.held.reset();
    if (text.text.ends_with("...") && !lines.empty())
        write_lines(m_output, lines, text.x, text.y, text.size);
    else
        m_output.characters(text.text);
}

void Rewriter::release_held(Open& open) {
    if (!open.held) return;
    open.held->write(m_output);
    open.held.reset();
}

void Rewriter::end_foreign() {
    m_drawn = m_drawn || !m_foreign->lines().empty();
    if (m_open.back().kind == Element::choice)
        m_open.back().held = std::move(m_foreign);
    else
        m_foreign->write(m_output);
    m_foreign.reset();
}

Result<> Rewriter::end() {
    if (m_foreign) {
        if (m_foreign_names.empty()) {
            end_foreign();
            return {};
        }
        m_foreign->end(m_foreign_names.back());
        m_foreign_names.pop_back();
        return {};
    }
    if (m_left_out > 0) {
        --m_left_out;
        return {};
    }
    if (m_stand_in && m_open.size() == m_stand_in->depth) end_stand_in();
    Open open = std::move(m_open.back());
    release_held(open);
    if (open.kind == Element::style) {
        const std::string sheet = clean_sheet(m_sheet, m_loss.style);
        m_backgrounds.add_sheet(sheet);
        if (!sheet.empty()) {
            m_output.start("style");
            m_output.characters(sheet);
            m_output.end("style");
        }
    } else {
        m_output.end(open.name);
    }
    m_open.pop_back();
    m_uses.end();
    if (!in_words()) m_output.line();
    return m_output.flush(m_open.empty());
}

Result<> Rewriter::characters(std::string_view text) {
    if (m_foreign) {
        m_foreign->characters(text);
        return {};
    }
    if (m_left_out > 0 || m_open.empty()) return {};
    const Open& open = m_open.back();
    if (open.kind == Element::style) {
        constexpr std::size_t longest_sheet = 8U << 20;
        if (m_sheet.size() + text.size() > longest_sheet) return refuse(Reason::limit_memory);
        m_sheet += text;
    } else if (m_stand_in && m_open.size() == m_stand_in->depth) {
        m_stand_in->text += text;
    } else if (open.words) {
        m_output.characters(text);
    } else if (!is_blank(text)) {
        m_loss.metadata = true;
    }
    return m_output.flush(false);
}

Result<> Rewriter::finish() {
    TRY(m_uses.check());
    if (!m_drawn) return refuse(Reason::svg_empty);
    return m_output.flush(true);
}

} // namespace sekisho::svg
