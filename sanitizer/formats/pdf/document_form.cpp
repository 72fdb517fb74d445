// Fields that can be filled in (ISO 32000-1, 12.7), when policy lets them stay: text, choice, check box and radio
// button, each with the looks that it has, without actions, scripts, files or icons.
#include <algorithm>
#include <array>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned most_parents = 32;
constexpr std::size_t most_options = 10'000;

constexpr std::int64_t bit(unsigned position) {
    return std::int64_t{1} << (position - 1);
}
constexpr std::int64_t push_button = bit(17);
// Tables 221, 226, 228 and 230: not file selection (21), not rich text (26).
constexpr std::int64_t flags_kept = bit(1) | bit(2) | bit(3) | bit(13) | bit(14) | bit(15) | bit(16) | bit(18) |
                                    bit(19) | bit(20) | bit(22) | bit(23) | bit(24) | bit(25);

void put_texts(std::string& out, Handle value) {
    out += '[';
    for (const Handle& item : value.getArrayAsVector())
        if (Handle(item).isString()) put_string(out, Handle(item).getStringValue());
    out += ']';
}

// The field that a widget shows: the nearest one upwards that has a name.
Handle named_field(Handle widget) {
    Handle field = widget;
    for (unsigned i = 0; i < most_parents && field.isDictionary(); ++i, field = field.getKey("/Parent"))
        if (field.getKey("/T").isString()) return field;
    return widget;
}

// Names of one level: a full stop separates levels (12.7.3.2).
std::string whole_name(Handle field) {
    std::string name;
    for (unsigned i = 0; i < most_parents && field.isDictionary(); ++i, field = field.getKey("/Parent"))
        if (Handle part = field.getKey("/T"); part.isString())
            name = name.empty() ? part.getUTF8Value() : part.getUTF8Value() + "_" + name;
    std::ranges::replace(name, '.', '_');
    return name.empty() ? "field" : name;
}

void put_value(std::string& out, const std::string& kind, Handle value) {
    if (kind == "Btn" && value.isName())
        out += "/V", put_name(out, name_of(value));
    else if (kind != "Btn" && value.isString())
        out += "/V", put_string(out, value.getStringValue());
    else if (kind == "Ch" && value.isArray())
        out += "/V", put_texts(out, value);
}

void put_options(std::string& out, Handle options) {
    if (!options.isArray()) return;
    out += "/Opt[";
    const auto items = options.getArrayAsVector();
    for (std::size_t i = 0; i < std::min(items.size(), most_options); ++i) {
        Handle item = items[i];
        if (item.isString())
            put_string(out, item.getStringValue());
        else if (item.isArray() && item.getArrayNItems() == 2 && item.getArrayItem(0).isString() &&
                 item.getArrayItem(1).isString())
            put_texts(out, item);
    }
    out += ']';
}

} // namespace

// Whether the field behind this widget can stay one.
bool Document::keeps_field(Handle widget) {
    const Context& context = m_walk.context();
    if (!context.options().keep_forms || context.level() != Level::rebuild) return false;
    const std::string kind = name_of(inherited(widget, "/FT"));
    Handle flags = inherited(widget, "/Ff");
    if (kind == "Btn") return !(flags.isInteger() && (flags.getIntValue() & push_button) != 0);
    // Without a look of its own the value is drawn, as in every other case.
    Handle value = inherited(widget, "/V");
    const bool shown = appearance(widget).isStream() || !value.isString() || value.getStringValue().empty();
    return (kind == "Tx" || kind == "Ch") && shown;
}

Document::Field& Document::field_of(Handle widget) {
    const Handle source = named_field(widget);
    const QPDFObjGen id = Handle(source).getObjGen();
    if (const auto known = m_field_of.find(id); id.isIndirect() && known != m_field_of.end())
        return m_fields[known->second];
    if (id.isIndirect()) m_field_of.emplace(id, m_fields.size());
    std::string name = whole_name(source);
    if (!m_field_names.insert(name).second) {
        name += "_" + std::to_string(m_fields.size() + 1);
        m_field_names.insert(name);
    }
    m_fields.push_back({source, name, m_walk.writer().reserve(), {}});
    return m_fields.back();
}

// A check box or radio button has one look per state.
Result<> Document::put_states(std::string& out, Handle widget) {
    Handle looks = widget.getKey("/AP");
    Handle normal = looks.isDictionary() ? looks.getKey("/N") : Handle::newNull();
    if (!normal.isDictionary()) return {};
    std::string states;
    Handle state = widget.getKey("/AS");
    bool has_state = false;
    for (const auto& [name, look] : normal.getDictAsMap()) {
        if (!Handle(look).isStream()) continue;
        const int form = TRY(m_walk.refer(Kind::form, look));
        if (form == 0) continue;
        put_name(states, name.substr(1));
        states += ' ';
        put_reference(states, form);
        has_state = has_state || name_of(state) == name.substr(1);
    }
    if (states.empty()) return {};
    out += "/AP<</N<<" + states + ">>>>/AS";
    put_name(out, has_state ? name_of(state) : "Off");
    return {};
}

Result<> Document::put_characteristics(std::string& out, Handle widget) {
    Handle look = widget.getKey("/MK");
    if (!look.isDictionary()) return {};
    std::string entries;
    for (const auto& [key, kind] :
         {std::pair{"BC", Kind::numbers}, {"BG", Kind::numbers}, {"CA", Kind::text}, {"R", Kind::integer}}) {
        std::string value;
        if (!TRY(m_walk.put(value, kind, look.getKey(std::string("/") + key)))) continue;
        ((entries += '/') += key) += ' ';
        entries += value;
    }
    if (!entries.empty()) out += "/MK<<" + entries + ">>";
    return {};
}

Result<int> Document::keep_widget(Handle source) {
    m_walk.found(Finding::pdf_form, Action::kept);
    std::string body = "<</Type/Annot/Subtype/Widget/Rect";
    TRY(m_walk.put(body, Kind::rectangle, source.getKey("/Rect")));
    const int number = m_walk.writer().reserve();
    Field& field = field_of(source);
    put_reference(field.widgets, number);
    field.widgets += ' ';
    body += "/Parent ";
    put_reference(body, field.number);
    body += "/F 4"; // printed
    if (name_of(inherited(source, "/FT")) == "Btn")
        TRY(put_states(body, source));
    else
        TRY(put_appearance(body, source));
    TRY(put_characteristics(body, source));
    TRY(put_border_style(body, source));
    TRY(m_walk.object(number, body + ">>"));
    return number;
}

Result<> Document::write_field(const Field& field) {
    const std::string kind = name_of(inherited(field.source, "/FT"));
    std::string body = "<</FT/" + kind + "/T";
    put_string(body, Handle::newUnicodeString(field.name).getStringValue());
    Handle flags = inherited(field.source, "/Ff");
    if (flags.isInteger() && (flags.getIntValue() & flags_kept) != 0)
        body += "/Ff ", put_integer(body, flags.getIntValue() & flags_kept);
    Handle hint = inherited(field.source, "/TU");
    if (hint.isString()) body += "/TU", put_string(body, hint.getStringValue());
    put_value(body, kind, inherited(field.source, "/V"));
    if (kind == "Ch") put_options(body, inherited(field.source, "/Opt"));
    if (Handle longest = inherited(field.source, "/MaxLen");
        kind == "Tx" && longest.isInteger() && longest.getIntValue() >= 0 && longest.getIntValue() <= INT32_MAX)
        body += "/MaxLen ", put_integer(body, longest.getIntValue());
    if (Handle quadding = inherited(field.source, "/Q");
        quadding.isInteger() && quadding.getIntValue() >= 1 && quadding.getIntValue() <= 2 && kind != "Btn")
        body += "/Q ", put_integer(body, quadding.getIntValue());
    Handle look = inherited(field.source, "/DA");
    if (kind != "Btn") body += "/DA", put_string(body, default_look(look.isString() ? look.getStringValue() : ""));
    return m_walk.object(field.number, body + "/Kids[" + field.widgets + "]>>");
}

// "/AcroForm<<...>>", or nothing.
Result<std::string> Document::form() {
    if (m_fields.empty()) return std::string();
    std::string fields;
    for (const Field& field : m_fields) {
        TRY(m_walk.budget().take_members());
        TRY(write_field(field));
        put_reference(fields, field.number);
        fields += ' ';
    }
    Handle fonts = Handle::newDictionary();
    add_field_fonts(fonts);
    std::string map;
    TRY(m_walk.put(map, Kind::map_font, fonts));
    return "/AcroForm<</Fields[" + fields + "]/DR<</Font" + map + ">>/DA(" + default_look("") + ")>>";
}

} // namespace sekisho::pdf
