// Pictures, actions, charts and embedded objects in drawings.
#include <array>

#include "sanitizer/formats/ooxml/rewriter.h"

namespace sekisho::ooxml {

namespace {

// What may stand in a frame: URI, ISO Strict URI.
constexpr std::string_view graphics[][2] = {
    {"http://schemas.openxmlformats.org/drawingml/2006/picture", "http://purl.oclc.org/ooxml/drawingml/picture"},
    {"http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart"},
    {"http://schemas.openxmlformats.org/drawingml/2006/diagram", "http://purl.oclc.org/ooxml/drawingml/diagram"},
    {"http://schemas.openxmlformats.org/drawingml/2006/table", "http://purl.oclc.org/ooxml/drawingml/table"},
    {"http://schemas.openxmlformats.org/presentationml/2006/ole", "http://purl.oclc.org/ooxml/presentationml/ole"},
    {"http://schemas.microsoft.com/office/word/2010/wordprocessingShape", ""},
    {"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", ""},
    {"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", ""},
    {"http://schemas.microsoft.com/office/drawing/2014/chartex", ""},
};

// Actions that stay within the show ([MS-OE376] 2.1.1317).
bool stays_in_show(std::string_view action) {
    constexpr std::array<std::string_view, 8> jumps = {"nextslide", "previousslide",   "firstslide", "lastslide",
                                                       "endshow",   "lastslideviewed", "nextSlide",  "previousSlide"};
    if (action.empty() || action == "ppaction://noaction" || action == "ppaction://hlinksldjump") return true;
    constexpr std::string_view jump = "ppaction://hlinkshowjump?jump=";
    if (action.starts_with(jump))
        for (const std::string_view name : jumps)
            if (action.substr(jump.size()) == name) return true;
    constexpr std::string_view show = "ppaction://customshow?id=";
    if (!action.starts_with(show)) return false;
    std::string_view rest = action.substr(show.size());
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') rest.remove_prefix(1);
    return rest.empty() || rest == "&return=true" || rest == "&return=false";
}

} // namespace

Result<XmlEvents::Go> Rewriter::start_action(const ElementRow& row, Attributes attributes) {
    const std::string_view action = value_of(attributes, "action");
    if (action.starts_with("ppaction://media")) return Go::past; // plays what has been taken out
    if (!stays_in_show(action)) return drop(Finding::ooxml_action);
    const std::string_view id = value_of(attributes, "id", Ns::r);
    if (!id.empty() && !resolve(id, Expect::link)) return drop(Finding::none);
    push(row, Rule::action, attributes);
    if (id.empty()) m_out.attribute(Ns::r, "id", "");
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_graphic_data(const ElementRow& row, Attributes attributes) {
    const std::string_view uri = value_of(attributes, "uri");
    for (const auto& known : graphics) {
        if (uri != known[0] && (known[1].empty() || uri != known[1])) continue;
        push(row, Rule::graphic_data, {});
        m_out.attribute("uri", known[0]);
        return Go::on;
    }
    doom_graphic();
    return drop(Finding::ooxml_unknown_element);
}

// An embedded document of ours may stay; of any other object only the picture.
Result<XmlEvents::Go> Rewriter::start_ole_object(const ElementRow& row, Attributes attributes) {
    const bool linked = value_of(attributes, "Type") == "Link" || !value_of(attributes, "link").empty();
    if (linked) found(Finding::ooxml_ole_link);
    const Related* related = linked ? nullptr : resolve(value_of(attributes, "id", Ns::r), Expect::package);
    if (related) {
        m_object = related->type;
        push(row, Rule::ole_object, attributes);
        return Go::on;
    }
    if (row.ns != Ns::p) return Go::past;
    if (Frame* frame = nearest({Rule::ole_frame})) frame->refused = true;
    push_silent(row, Rule::ole_object);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_picture(const ElementRow& row, Attributes attributes) {
    bool shows = false;
    for (const XmlAttribute& attribute : attributes)
        if (is_relation(attribute) && resolve(attribute.value, Expect::picture)) shows = true;
    if (!shows && row.ns != Ns::a) {
        for (const XmlAttribute& attribute : attributes)
            if (attribute.ns == Ns::none && attribute.name == "src") found(Finding::ooxml_external_image);
        return Go::past;
    }
    push(row, Rule::needs_picture, attributes);
    return Go::on;
}

void Rewriter::finish_graphic(Frame& frame) {
    Frame& around = m_frames[m_frames.size() - 2];
    if (frame.refused && !frame.doomed && frame.inner_to > 0) {
        // <p:graphicFrame> with an object becomes the <p:pic> that shows it.
        m_out.blank(frame.from, frame.inner_from);
        m_out.blank(frame.inner_to, m_out.position());
        m_out.close_tag();
        return;
    }
    if (frame.doomed || frame.refused) {
        cut(frame);
        if (around.rule == Rule::anchor) around.doomed = true;
        return;
    }
    m_out.end(frame.row->ns, frame.row->name);
}

} // namespace sekisho::ooxml
