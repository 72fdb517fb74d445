// How each kind of value is written: single values, arrays, dictionaries, and those that are recognised by their look.
#include <algorithm>
#include <array>

#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

namespace {

bool put_single(std::string& out, Kind kind, Handle value) {
    switch (kind) {
    case Kind::boolean:
        if (!value.isBool()) return false;
        out += value.getBoolValue() ? "true" : "false";
        return true;
    case Kind::integer:
        if (value.isReal())
            put_integer(out, static_cast<std::int64_t>(value.getNumericValue()));
        else if (value.isInteger())
            put_integer(out, value.getIntValue());
        else
            return false;
        return true;
    case Kind::number:
        if (value.isReal())
            put_number(out, value.getRealValue());
        else if (value.isInteger())
            put_integer(out, value.getIntValue());
        else
            return false;
        return true;
    case Kind::name:
        if (!value.isName()) return false;
        put_name(out, name_of(value));
        return true;
    case Kind::text:
        if (!value.isString()) return false;
        put_string(out, value.getStringValue());
        return true;
    default:
        return false;
    }
}

bool ends_itself(char c) {
    return c == ']' || c == ')' || c == '>' || c == '[';
}

constexpr std::size_t unlimited = 1U << 24;

} // namespace

Result<bool> Walk::put_array(std::string& out, Kind item, const Handle& given, std::size_t least, std::size_t most,
                             unsigned depth) {
    Handle array = given;
    if (!array.isArray()) return false;
    const auto items = array.getArrayAsVector();
    if (items.size() < least) return false;
    const std::size_t before = out.size();
    out += '[';
    for (std::size_t i = 0; i < items.size() && i < most; ++i) {
        if (!ends_itself(out.back())) out += ' ';
        if (item <= Kind::text ? put_single(out, item, items[i]) : TRY(put(out, item, items[i], depth + 1))) continue;
        if (item == Kind::number) {
            out += '0'; // the places of the others count
        } else if (item == Kind::name || item == Kind::layer || item == Kind::function) {
            if (item != Kind::layer) {
                out.resize(before);
                return false;
            }
        }
    }
    out += ']';
    return true;
}

Result<bool> Walk::put_map(std::string& out, Kind item, const Handle& given, unsigned depth) {
    Handle map = given;
    out += "<<";
    for (const auto& [key, value] : map.getDictAsMap()) {
        const std::size_t before = out.size();
        put_name(out, key.substr(1));
        out += ' ';
        if (!TRY(put(out, item, value, depth + 1))) out.resize(before);
    }
    out += ">>";
    return true;
}

Result<bool> Walk::put_direct(std::string& out, Kind kind, const Handle& given, unsigned depth) {
    Handle value = given;
    if (kind <= Kind::text) return put_single(out, kind, value);
    Kind item{};
    if (map_item(kind, item)) return put_map(out, item, value, depth);
    switch (kind) {
    case Kind::numbers:
        return put_array(out, Kind::number, value, 0, unlimited, depth);
    case Kind::number_or_numbers:
        if (!value.isArray()) return put_single(out, Kind::number, value);
        return put_array(out, Kind::number, value, 0, unlimited, depth);
    case Kind::char_widths:
        return put_array(out, Kind::number, value, 0, 256, depth);
    case Kind::rectangle:
        return put_array(out, Kind::number, value, 4, 4, depth);
    case Kind::matrix:
        return put_array(out, Kind::number, value, 6, 6, depth);
    case Kind::names:
        return put_array(out, Kind::name, value, 1, unlimited, depth);
    case Kind::booleans:
        return put_array(out, Kind::boolean, value, 1, unlimited, depth);
    case Kind::blend:
    case Kind::name_or_names:
        if (value.isName()) return put_single(out, Kind::name, value);
        return put_array(out, Kind::name, value, 1, unlimited, depth);
    case Kind::layers:
        return put_array(out, Kind::layer, value, 0, unlimited, depth);
    case Kind::layer_groups:
        return put_array(out, Kind::layers, value, 0, unlimited, depth);
    case Kind::functions:
        return put_array(out, Kind::function, value, 1, 64, depth);
    case Kind::dash:
    case Kind::font_size: {
        if (!value.isArray() || value.getArrayNItems() != 2) return false;
        const std::size_t before = out.size();
        out += '[';
        const bool first =
            TRY(put(out, kind == Kind::dash ? Kind::numbers : Kind::font, value.getArrayItem(0), depth + 1));
        out += ' ';
        const bool both = first && put_single(out, Kind::number, value.getArrayItem(1));
        out += ']';
        if (!both) out.resize(before);
        return both;
    }
    case Kind::widths: {
        if (!value.isArray()) return false;
        out += '[';
        for (const Handle& item_value : value.getArrayAsVector()) {
            if (!ends_itself(out.back())) out += ' ';
            if (Handle(item_value).isArray())
                TRY(put_array(out, Kind::number, item_value, 0, unlimited, depth + 1));
            else if (!put_single(out, Kind::number, item_value))
                out += '0';
        }
        out += ']';
        return true;
    }
    case Kind::transfer:
    case Kind::soft_mask_or_none: {
        const std::string name = name_of(value);
        const bool known = kind == Kind::transfer ? name == "Identity" : name == "None";
        if (known) put_name(out, name);
        return known;
    }
    case Kind::gid_map_or_name:
        if (name_of(value) != "Identity") return false;
        put_name(out, "Identity");
        return true;
    case Kind::cmap_or_name:
        return put_single(out, Kind::name, value);
    case Kind::color_space:
        return put_color_space(out, value, depth);
    case Kind::encoding:
        return put_encoding(out, value);
    case Kind::descendants:
        return put_descendants(out, value, depth);
    case Kind::visibility:
        return put_visibility(out, value, depth);
    case Kind::layer_order:
        return put_order(out, value, depth);
    default:
        break;
    }
    if (!value.isDictionary() || !row_of(kind)) return false;
    if (kind == Kind::shading_dictionary) TRY(check_shading(value));
    out += "<<";
    TRY(put_entries(out, kind, value, depth));
    if (kind == Kind::descriptor) TRY(put_font_program(out, value));
    out += ">>";
    return true;
}

// A shading by function (ISO 32000-1, 8.7.4.5.2) keeps what draws pages busy for minutes.
Result<> Walk::check_shading(Handle shading) {
    Handle type = shading.getKey("/ShadingType");
    if (m_context.level() == Level::flatten && type.isInteger() && type.getIntValue() == 1)
        return refuse(Reason::pdf_slow_shading);
    return {};
}

Result<bool> Walk::put_descendants(std::string& out, const Handle& given, unsigned depth) {
    Handle value = given;
    if (value.isDictionary()) value = Handle::newArray(std::vector<Handle>{value});
    return put_array(out, Kind::cid_font, value, 1, 1, depth);
}

// A glyph encoding (ISO 32000-1, 9.6.6): a predefined one, or differences from one. Readers take the font's own for any
// other name.
Result<bool> Walk::put_encoding(std::string& out, const Handle& given) {
    constexpr std::string_view predefined[] = {"MacExpertEncoding", "MacRomanEncoding", "StandardEncoding",
                                               "WinAnsiEncoding"};
    const auto is_known = [&](std::string_view name) { return std::ranges::binary_search(predefined, name); };
    Handle value = given;
    if (value.isName()) return is_known(name_of(value)) ? put_single(out, Kind::name, value) : Result<bool>(false);
    if (!value.isDictionary()) return false;
    out += "<</Type/Encoding";
    if (const std::string base = name_of(value.getKey("/BaseEncoding")); is_known(base)) {
        out += "/BaseEncoding";
        put_name(out, base);
    }
    Handle differences = value.getKey("/Differences");
    if (differences.isArray()) {
        out += "/Differences[";
        for (const Handle& item : differences.getArrayAsVector()) {
            if (Handle(item).isName())
                put_name(out, name_of(item));
            else if (Handle(item).isInteger())
                out += ' ', put_integer(out, Handle(item).getIntValue());
        }
        out += ']';
    }
    out += ">>";
    return true;
}

// [/And expression ...] (ISO 32000-1, 8.11.2.2).
Result<bool> Walk::put_visibility(std::string& out, const Handle& given, unsigned depth) {
    Handle value = given;
    if (depth > 12 || !value.isArray() || value.getArrayNItems() < 1) return false;
    const auto items = value.getArrayAsVector();
    const std::string operation = name_of(items[0]);
    if (operation != "And" && operation != "Or" && operation != "Not") return false;
    out += '[';
    put_name(out, operation);
    for (std::size_t i = 1; i < items.size(); ++i) {
        out += ' ';
        if (Handle(items[i]).isArray())
            TRY(put_visibility(out, items[i], depth + 1));
        else
            TRY(put(out, Kind::layer, items[i], depth + 1));
    }
    out += ']';
    return true;
}

Result<bool> Walk::put_order(std::string& out, const Handle& given, unsigned depth) {
    Handle value = given;
    if (depth > 12 || !value.isArray()) return false;
    out += '[';
    for (const Handle& item : value.getArrayAsVector()) {
        if (!ends_itself(out.back())) out += ' ';
        if (Handle(item).isArray())
            TRY(put_order(out, item, depth + 1));
        else if (Handle(item).isString())
            put_single(out, Kind::text, item);
        else
            TRY(put(out, Kind::layer, item, depth + 1));
    }
    out += ']';
    return true;
}

} // namespace sekisho::pdf
