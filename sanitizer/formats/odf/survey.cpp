#include "sanitizer/formats/odf/survey.h"

#include <algorithm>
#include <array>

namespace sekisho::odf {

namespace {

constexpr std::uint64_t most_rows = 1U << 20; // of one table, as many as a sheet has

} // namespace

// Names come behind the cells that use them.
Result<> Survey::look_at_name(std::string_view element, Attributes attributes) {
    const bool gone = element == "named-range"
                          ? !range_is_inside(value_of(attributes, Ns::table, "cell-range-address"))
                          : judge_formula(value_of(attributes, Ns::table, "expression")) != Finding::none;
    if (!gone) return {};
    if (m_names_gone.size() >= m_limits.members) return refuse(Reason::limit_members);
    m_names_gone.insert(small_letters(value_of(attributes, Ns::table, "name")));
    return {};
}

Result<XmlEvents::Go> Survey::start(Ns ns, std::string_view name, Attributes attributes) {
    if (m_shows.empty()) {
        if (ns == Ns::math && name == "math") m_body = "math";
        m_flat = ns == Ns::office && name == "document";
        static constexpr auto versions = std::to_array<std::string_view>({"1.0", "1.1", "1.2", "1.3", "1.4"});
        const std::string_view version = value_of(attributes, Ns::office, "version");
        if (std::ranges::find(versions, version) != versions.end()) m_version = version;
        if (m_flat) m_media_type = value_of(attributes, Ns::office, "mimetype");
    }
    if (m_body_open && m_body.empty() && m_shows.size() == 2 && ns == Ns::office) m_body = name;
    if (m_shows.size() == 1 && ns == Ns::office && name == "body") m_body_open = true;
    if (ns == Ns::table && (name == "named-range" || name == "named-expression")) TRY(look_at_name(name, attributes));
    if (ns == Ns::table && name == "table") {
        if (is_table_of_another_document(value_of(attributes, Ns::table, "name")) && !m_shows.empty()) return Go::past;
        m_rows = 0;
    }
    if (ns == Ns::table && name == "table-row" && ++m_rows > most_rows) return refuse(Reason::limit_members);
    const ElementRow* row = find_element(ns, name);
    const Rule rule = row ? row->rule : Rule::drop;
    if (rule == Rule::drop && m_shows.size() > 0) return Go::past;
    if (rule == Rule::binary && m_shows.back()) {
        m_gathering = m_parser->element_number();
        m_gathered.clear();
    }
    const bool object = rule == Rule::object, picture = rule == Rule::picture;
    m_shows.push_back(picture);
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    if ((!object && !picture) || address.empty()) return Go::on;
    if (m_references.size() >= m_limits.members) return refuse(Reason::limit_members);
    if (m_seen.insert((object ? "o" : "p") + std::string(address)).second)
        m_references.push_back({object, ns == Ns::draw && name == "image", std::string(address)});
    return Go::on;
}

Result<> Survey::end() {
    m_shows.pop_back();
    if (m_gathering == 0) return {};
    const std::uint64_t element = std::exchange(m_gathering, 0);
    auto content = from_base64(m_gathered);
    m_gathered.clear();
    // What is no Base64 is no picture: an empty one is replaced.
    return m_picture_inside(element, content ? std::move(*content) : Bytes());
}

Result<> Survey::text(std::string_view text) {
    if (m_gathering == 0) return {};
    if (m_gathered.size() + text.size() > m_limits.bytes_in_memory) return refuse(Reason::limit_memory);
    for (const char character : text)
        if (static_cast<unsigned char>(character) > ' ') m_gathered += character;
    return {};
}

} // namespace sekisho::odf
