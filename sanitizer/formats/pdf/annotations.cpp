// Annotations (ISO 32000-1, 12.5): links with safe targets, remarks without actions, form fields as they look.
#include <algorithm>
#include <array>
#include <cmath>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned most_parents = 32;
constexpr int flag_hidden = 2;
constexpr int flag_no_view = 32;
constexpr std::int64_t flags_kept = 2 | 4 | 8 | 16 | 32;

constexpr auto markup_kinds =
    std::to_array<std::string_view>({"Caret", "Circle", "FreeText", "Highlight", "Ink", "Line", "PolyLine", "Polygon",
                                     "Square", "Squiggly", "Stamp", "StrikeOut", "Text", "Underline"});

struct Look {
    const char* key;
    Kind kind;
};
constexpr auto looks = std::to_array<Look>({{"Border", Kind::numbers},
                                            {"C", Kind::numbers},
                                            {"CA", Kind::number},
                                            {"Contents", Kind::text},
                                            {"IC", Kind::numbers},
                                            {"L", Kind::numbers},
                                            {"LE", Kind::name_or_names},
                                            {"Name", Kind::name},
                                            {"QuadPoints", Kind::numbers},
                                            {"T", Kind::text},
                                            {"Vertices", Kind::numbers}});

struct Rectangle {
    double left = 0, bottom = 0, right = 0, top = 0;
};

bool read_rectangle(Handle value, Rectangle& out) {
    if (!value.isArray() || value.getArrayNItems() != 4) return false;
    std::array<double, 4> n{};
    for (int i = 0; i < 4; ++i) {
        if (!value.getArrayItem(i).isNumber()) return false;
        n[static_cast<std::size_t>(i)] = value.getArrayItem(i).getNumericValue();
    }
    out = {std::min(n[0], n[2]), std::min(n[1], n[3]), std::max(n[0], n[2]), std::max(n[1], n[3])};
    return true;
}

// The box that `box` covers once `matrix` has been applied.
Rectangle transformed(const Rectangle& box, Handle matrix) {
    std::array<double, 6> m{1, 0, 0, 1, 0, 0};
    if (matrix.isArray() && matrix.getArrayNItems() == 6)
        for (int i = 0; i < 6; ++i)
            if (matrix.getArrayItem(i).isNumber())
                m[static_cast<std::size_t>(i)] = matrix.getArrayItem(i).getNumericValue();
    Rectangle out{1e30, 1e30, -1e30, -1e30};
    for (const double x : {box.left, box.right}) {
        for (const double y : {box.bottom, box.top}) {
            const double tx = m[0] * x + m[2] * y + m[4];
            const double ty = m[1] * x + m[3] * y + m[5];
            out = {std::min(out.left, tx), std::min(out.bottom, ty), std::max(out.right, tx), std::max(out.top, ty)};
        }
    }
    return out;
}

// 12.5.5, algorithm 8.1: the form's box is stretched onto the annotation's rectangle.
std::string placed(const Rectangle& from, const Rectangle& to, std::string_view name) {
    const double width = from.right - from.left;
    const double height = from.top - from.bottom;
    const double x = width > 0 ? (to.right - to.left) / width : 1;
    const double y = height > 0 ? (to.top - to.bottom) / height : 1;
    std::string out = "q ";
    put_number(out, x);
    out += " 0 0 ";
    put_number(out, y);
    out += ' ';
    put_number(out, to.left - from.left * x);
    out += ' ';
    put_number(out, to.bottom - from.bottom * y);
    return out + " cm " + std::string(name) + " Do Q\n";
}

std::int64_t flags_of(Handle source) {
    Handle flags = source.getKey("/F");
    return flags.isInteger() ? flags.getIntValue() & flags_kept : 0;
}

bool is_media(std::string_view subtype) {
    return subtype == "Screen" || subtype == "Movie" || subtype == "Sound" || subtype == "RichMedia" || subtype == "3D";
}

} // namespace

Handle inherited(Handle field, const char* key) {
    for (unsigned i = 0; i < most_parents && field.isDictionary(); ++i, field = field.getKey("/Parent"))
        if (Handle own = field.getKey(key); !own.isNull()) return own;
    return Handle::newNull();
}

// The normal appearance, in the state the annotation is in; null if there is none.
Handle Document::appearance(Handle source) {
    Handle all = source.getKey("/AP");
    if (!all.isDictionary()) return Handle::newNull();
    Handle normal = all.getKey("/N");
    if (normal.isStream()) return normal;
    if (!normal.isDictionary()) return Handle::newNull();
    Handle state = source.getKey("/AS");
    if (!state.isName()) state = inherited(source, "/V");
    const std::string name = state.isName() ? state.getName() : std::string("/Off");
    Handle chosen = normal.getKey(name);
    return chosen.isStream() ? chosen : Handle::newNull();
}

Result<std::string> Document::annotations(const Page& page, Drawn& drawn) {
    Handle array = Handle(page.source).getKey("/Annots");
    if (!array.isArray()) return std::string();
    std::string references;
    for (const Handle& source : array.getArrayAsVector()) {
        if (!Handle(source).isDictionary()) continue;
        TRY(m_walk.budget().take_members());
        const int number = TRY(annotation(source, drawn));
        if (number == 0) continue;
        put_reference(references, number);
        references += ' ';
    }
    return references.empty() ? std::string() : "/Annots[" + references + "]";
}

Result<int> Document::annotation(Handle source, Drawn& drawn) {
    const std::string subtype = name_of(source.getKey("/Subtype"));
    Rectangle rectangle;
    if (!read_rectangle(source.getKey("/Rect"), rectangle)) return 0;
    if (source.hasKey("/AA")) {
        m_walk.found(Finding::pdf_additional_action);
        Handle events = source.getKey("/AA");
        if (events.isDictionary())
            for (const auto& [event, value] : events.getDictAsMap()) report_action(value, 0);
    }
    if (subtype == "Link") return link(source, drawn);
    if (Handle attached = source.getKey("/A"); attached.isDictionary()) report_action(attached, 0);
    if (subtype == "Widget") {
        const bool hidden = (flags_of(source) & (flag_hidden | flag_no_view)) != 0;
        if (!hidden && keeps_field(source)) return keep_widget(source);
        TRY(draw_field(source, drawn));
        return 0;
    }
    if (subtype == "Popup") return 0; // the window of a remark, which readers make themselves
    if (std::ranges::binary_search(markup_kinds, subtype)) return markup(source, subtype);
    if (subtype == "FileAttachment")
        attach(source.getKey("/FS"));
    else if (is_media(subtype))
        m_walk.found(Finding::pdf_rich_media);
    else if (subtype != "Watermark")
        m_walk.found(Finding::pdf_unlisted);
    // What was drawn there stays to be seen.
    return appearance(source).isStream() ? markup(source, "Stamp") : 0;
}

Result<> Document::put_border_style(std::string& out, Handle source) {
    Handle style = source.getKey("/BS");
    if (!style.isDictionary()) return {};
    out += "/BS<<";
    if (style.getKey("/W").isNumber()) {
        out += "/W ";
        TRY(m_walk.put(out, Kind::number, style.getKey("/W")));
    }
    const std::string look = name_of(style.getKey("/S"));
    if (look.size() == 1 && std::string_view("SDBIU").contains(look[0])) out += "/S/" + look;
    if (style.getKey("/D").isArray()) {
        out += "/D";
        TRY(m_walk.put(out, Kind::numbers, style.getKey("/D")));
    }
    out += ">>";
    return {};
}

Result<> Document::put_appearance(std::string& out, Handle source) {
    Handle look = appearance(source);
    if (!look.isStream()) return {};
    const int form = TRY(m_walk.refer(Kind::form, look));
    if (form == 0) return {};
    out += "/AP<</N ";
    put_reference(out, form);
    out += ">>";
    return {};
}

Result<int> Document::link(Handle source, Drawn& drawn) {
    std::string body = "<</Type/Annot/Subtype/Link/Rect";
    TRY(m_walk.put(body, Kind::rectangle, source.getKey("/Rect")));
    const std::string target = destination(source.getKey("/Dest"));
    const std::string safe = target.empty() ? action(source.getKey("/A")) : std::string();
    if (source.hasKey("/PA")) report_action(source.getKey("/PA"), 0);
    // What a link looks like is drawn on the page, with or without a target that may stay.
    if (Handle look = appearance(source); look.isStream()) draw_look(source, look, drawn);
    if (target.empty() && safe.empty()) return 0;
    body += target.empty() ? "/A" + safe : "/Dest" + target;
    for (const char* key : {"Border", "C", "QuadPoints"}) {
        std::string value;
        if (!TRY(m_walk.put(value, Kind::numbers, source.getKey(std::string("/") + key)))) continue;
        ((body += '/') += key) += value;
    }
    TRY(put_border_style(body, source));
    const std::string highlight = name_of(source.getKey("/H"));
    if (highlight.size() == 1 && std::string_view("NIOP").contains(highlight[0])) body += "/H/" + highlight;
    if (const auto flags = flags_of(source); flags != 0) body += "/F ", put_integer(body, flags);
    const int number = m_walk.writer().reserve();
    TRY(m_walk.object(number, body + ">>"));
    return number;
}

Result<int> Document::markup(Handle source, const std::string& subtype) {
    std::string body = "<</Type/Annot/Subtype/" + subtype + "/Rect";
    TRY(m_walk.put(body, Kind::rectangle, source.getKey("/Rect")));
    for (const Look& look : looks) {
        if (subtype == "Stamp" && std::string_view(look.key) == "Name") continue;
        std::string value;
        Handle given = source.getKey(std::string("/") + look.key);
        if (given.isNull() || !TRY(m_walk.put(value, look.kind, given))) continue;
        ((body += '/') += look.key) += ' ';
        body += value;
    }
    if (Handle strokes = source.getKey("/InkList"); strokes.isArray()) {
        body += "/InkList[";
        for (const Handle& stroke : strokes.getArrayAsVector()) TRY(m_walk.put(body, Kind::numbers, stroke));
        body += ']';
    }
    TRY(put_border_style(body, source));
    std::string layer;
    if (TRY(m_walk.put(layer, Kind::optional_content, source.getKey("/OC")))) body += "/OC " + layer;
    body += "/F ";
    put_integer(body, flags_of(source));
    TRY(put_appearance(body, source));
    const int number = m_walk.writer().reserve();
    TRY(m_walk.object(number, body + ">>"));
    return number;
}

// A copy of the page's resources that entries can be added to.
void Document::own_resources(Drawn& drawn, const char* category) {
    if (drawn.names.empty() && !drawn.uses_font)
        drawn.resources = drawn.resources.isDictionary() ? drawn.resources.shallowCopy() : Handle::newDictionary();
    Handle entries = drawn.resources.getKey(category);
    drawn.resources.replaceKey(category, entries.isDictionary() ? entries.shallowCopy() : Handle::newDictionary());
}

// A field without appearance: readers would draw its value, so it is drawn here.
Result<> Document::draw_value(Handle source, Drawn& drawn) {
    const std::string kind = name_of(inherited(source, "/FT"));
    Handle value = inherited(source, "/V");
    Rectangle rectangle;
    if ((kind != "Tx" && kind != "Ch") || !value.isString() || !read_rectangle(source.getKey("/Rect"), rectangle))
        return {};
    const std::string text = value.getUTF8Value();
    if (text.empty()) return {};
    Handle look = inherited(source, "/DA");
    if (!look.isString()) {
        Handle form = m_catalog.getKey("/AcroForm");
        look = form.isDictionary() ? form.getKey("/DA") : Handle::newNull();
    }
    if (!drawn.uses_font) own_resources(drawn, "/Font");
    add_field_fonts(drawn.resources.getKey("/Font"));
    drawn.uses_font = true;
    drawn.content += field_text(text, look.isString() ? look.getStringValue() : std::string(), rectangle.left,
                                rectangle.bottom, rectangle.top);
    return {};
}

// A field becomes part of the page: its appearance is drawn at its place, its actions and its value stay behind.
Result<> Document::draw_field(Handle source, Drawn& drawn) {
    const bool is_signature = name_of(inherited(source, "/FT")) == "Sig";
    m_walk.found(is_signature ? Finding::pdf_signature : Finding::pdf_form, Action::flattened);
    Handle look = appearance(source);
    if ((flags_of(source) & (flag_hidden | flag_no_view)) != 0) return {};
    if (!look.isStream()) {
        Rectangle rectangle;
        if (read_rectangle(source.getKey("/Rect"), rectangle))
            drawn.content += field_frame(source, rectangle.left, rectangle.bottom, rectangle.right, rectangle.top);
        return draw_value(source, drawn);
    }
    draw_look(source, look, drawn);
    return {};
}

void Document::draw_look(Handle source, Handle look, Drawn& drawn) {
    Rectangle rectangle;
    Rectangle box;
    if (!read_rectangle(source.getKey("/Rect"), rectangle) || !read_rectangle(look.getDict().getKey("/BBox"), box))
        return;
    if (drawn.names.empty()) own_resources(drawn, "/XObject");
    Handle objects = drawn.resources.getKey("/XObject");
    std::string name;
    do {
        name = "/Field" + std::to_string(++drawn.count);
    } while (objects.hasKey(name));
    objects.replaceKey(name, look);
    drawn.names.push_back(name);
    drawn.content += placed(transformed(box, look.getDict().getKey("/Matrix")), rectangle, name);
}

} // namespace sekisho::pdf
