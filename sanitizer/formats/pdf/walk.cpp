#include "sanitizer/formats/pdf/walk.h"

#include <algorithm>

#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr std::uint64_t most_cycle_steps = 20'000'000;
constexpr unsigned deepest_direct = 24;

// Kinds whose copies are objects of their own when the original was one.
bool is_shared(Kind kind) {
    return kind >= Kind::resources && kind != Kind::cid_system && kind != Kind::font_style;
}

bool is_stream_kind(Kind kind) {
    return kind >= Kind::form && kind <= Kind::lookup;
}

// Streams that refer to nothing are written at once, so that what refers to them knows whether they are sound.
bool is_leaf(Kind kind) {
    return kind >= Kind::icc && kind <= Kind::function_calculator;
}

bool is_dictionary_kind(Kind kind) {
    return kind >= Kind::resources && kind < Kind::form;
}

// ISO 32000-1, 7.10.3 and 7.10.4: of its kind, with the keys without which it is none.
bool is_function(Kind kind, Handle& value) {
    const bool stitching = kind == Kind::function_stitching;
    Handle type = value.getKey("/FunctionType"), domain = value.getKey("/Domain");
    if (!type.isInteger() || type.getIntValue() != (stitching ? 3 : 2)) return false;
    if (!domain.isArray() || domain.getArrayNItems() < 2) return false;
    if (!stitching) return value.getKey("/N").isNumber();
    return value.getKey("/Functions").isArray() && value.getKey("/Bounds").isArray() &&
           value.getKey("/Encode").isArray();
}

} // namespace

std::string name_of(const Handle& object) {
    if (!Handle(object).isName()) return {};
    return Handle(object).getName().substr(1);
}

bool is_final(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.") ||
           error.code == row_of(Reason::pdf_partly_encrypted).code ||
           error.code == row_of(Reason::pdf_slow_shading).code;
}

Walk::Walk(QPDF& document, Context& context, Sink& sink)
    : m_document(document), m_context(context), m_writer(sink), m_default_resources(Handle::newNull()) {}

// The exact kind where the grammar names a choice; the kind itself where it names none.
Kind Walk::refine(Kind kind, const Handle& given) {
    Handle value = given;
    const bool keyed = value.isDictionary() || value.isStream();
    const Handle dictionary = value.isStream() ? value.getDict() : value;
    const auto key = [&](const char* name) { return keyed ? Handle(dictionary).getKey(name) : Handle::newNull(); };
    switch (kind) {
    case Kind::xobject:
        return name_of(key("/Subtype")) == "Image" ? Kind::image : Kind::form;
    case Kind::pattern:
        if (value.isStream()) return Kind::pattern_tiling;
        return Kind::pattern_shading;
    case Kind::shading:
        return value.isStream() ? Kind::shading_stream : Kind::shading_dictionary;
    case Kind::optional_content:
    case Kind::property:
        return name_of(key("/Type")) == "OCMD" ? Kind::layer_membership : Kind::layer;
    case Kind::font:
        if (name_of(key("/Subtype")) == "Type0") return Kind::font_type0;
        return name_of(key("/Subtype")) == "Type3" ? Kind::font_type3 : Kind::font;
    case Kind::function: {
        if (value.isStream()) {
            const Handle type = key("/FunctionType");
            return Handle(type).isInteger() && Handle(type).getIntValue() == 4 ? Kind::function_calculator
                                                                               : Kind::function_sampled;
        }
        const Handle type = key("/FunctionType");
        return Handle(type).isInteger() && Handle(type).getIntValue() == 3 ? Kind::function_stitching
                                                                           : Kind::function_exponential;
    }
    case Kind::functions:
        return value.isArray() ? Kind::functions : refine(Kind::function, value);
    case Kind::transfer:
        return value.isName() ? Kind::transfer : refine(Kind::function, value);
    case Kind::mask:
        return value.isStream() ? Kind::image : Kind::numbers;
    case Kind::soft_mask_or_none:
        return value.isName() ? kind : Kind::soft_mask;
    case Kind::cmap_or_name:
        return value.isStream() ? Kind::cmap : kind;
    case Kind::gid_map_or_name:
        return value.isStream() ? Kind::gid_map : kind;
    default:
        return kind;
    }
}

bool Walk::has_function(Handle shading) {
    const Handle given = shading.getKey("/Function");
    const auto items = Handle(given).isArray() ? Handle(given).getArrayAsVector() : std::vector<Handle>{given};
    return !items.empty() &&
           std::ranges::all_of(items, [&](const Handle& one) { return accepts(refine(Kind::function, one), one); });
}

bool Walk::accepts(Kind kind, const Handle& given) {
    Handle value = given;
    if (is_stream_kind(kind)) {
        if (!value.isStream()) return false;
        if (kind != Kind::form) return true;
        // PostScript in a form's clothing (ISO 32000-1, 8.8.2), and forms that stand for pages of other files (8.10.4).
        const std::string subtype = name_of(value.getDict().getKey("/Subtype"));
        const bool foreign = subtype == "PS" || name_of(value.getDict().getKey("/Subtype2")) == "PS";
        if (foreign) found(Finding::pdf_postscript);
        return !foreign;
    }
    if (kind == Kind::layer)
        return value.isDictionary() && name_of(value.getKey("/Type")) == "OCG" && value.isIndirect();
    if (kind == Kind::layer_membership) return value.isDictionary() && value.isIndirect();
    if (kind == Kind::shading_dictionary) return value.isDictionary() && has_function(value);
    if (is_dictionary_kind(kind)) return value.isDictionary();
    if (kind == Kind::function_exponential || kind == Kind::function_stitching)
        return value.isDictionary() && is_function(kind, value);
    return true;
}

Result<bool> Walk::put(std::string& out, Kind kind, Handle value, unsigned depth) {
    if (depth > deepest_direct || value.isNull()) return false;
    kind = refine(kind, value);
    if (!accepts(kind, value)) return false;
    const bool own = is_shared(kind) && value.isIndirect() && !value.isName();
    if (!own) return put_direct(out, kind, value, depth);
    const int number = TRY(refer(kind, value));
    if (number == 0) return false;
    put_reference(out, number);
    return true;
}

// True if `to` leads back to the object being written.
bool Walk::would_cycle(int to) {
    if (to == m_current) return true;
    if (!m_targets.contains(m_current) || !m_edges.contains(to)) return false;
    std::vector<int> open{to};
    std::set<int> seen{to};
    while (!open.empty()) {
        const int at = open.back();
        open.pop_back();
        const auto edges = m_edges.find(at);
        if (edges == m_edges.end()) continue;
        for (const int next : edges->second) {
            if (next == m_current || ++m_steps > most_cycle_steps) return true;
            if (seen.insert(next).second) open.push_back(next);
        }
    }
    return false;
}

Result<int> Walk::refer(Kind kind, Handle value) {
    kind = refine(kind, value);
    if (!accepts(kind, value)) return 0;
    const auto [at, fresh] = m_numbers.try_emplace({value.getObjGen(), kind}, 0);
    if (fresh) {
        TRY(budget().take_members());
        if (is_leaf(kind)) {
            int number = 0;
            TRY(write_leaf({0, kind, value}, number));
            return m_numbers[{value.getObjGen(), kind}] = number;
        }
        at->second = m_writer.reserve();
        m_waiting.push_back({at->second, kind, value});
    } else if (is_leaf(kind) || kind == Kind::layer) {
        return at->second;
    } else if (would_cycle(at->second)) {
        found(Finding::pdf_cycle);
        return 0;
    }
    if (m_current != 0) m_edges[m_current].push_back(at->second);
    m_targets.insert(at->second);
    return at->second;
}

Result<> Walk::write_leaf(const Waiting& waiting, int& number) {
    number = m_writer.reserve();
    const auto written = write_stream({number, waiting.kind, waiting.value});
    if (written) return {};
    if (is_final(written.error())) return written;
    m_writer.give_back(number);
    number = 0;
    return {};
}

Result<> Walk::drain() {
    while (!m_waiting.empty()) {
        const Waiting waiting = m_waiting.back();
        m_waiting.pop_back();
        m_current = waiting.number;
        auto written = write(waiting);
        m_current = 0;
        if (written) continue;
        if (is_final(written.error())) return written;
        TRY(m_writer.object(waiting.number, "null"));
    }
    return {};
}

Result<> Walk::object(int number, const std::string& body) {
    TRY(budget().take_unpacked(body.size()));
    TRY(budget().check_time());
    return m_writer.object(number, body);
}

Result<> Walk::stream(int number, const std::string& keys, View bytes) {
    return m_writer.stream(number, keys, bytes);
}

Result<> Walk::put_entries(std::string& out, Kind kind, const Handle& given, unsigned depth) {
    const Row* row = row_of(kind);
    if (!row) bug("a kind without rules");
    out += row->opening;
    Handle dictionary = given;
    for (const auto& [key, value] : dictionary.getDictAsMap()) {
        if (Handle(value).isNull()) continue;
        const std::string name = key.substr(1);
        const auto rule = std::ranges::find(row->rules, name, &Rule::key);
        if (rule == row->rules.end()) {
            left_out(kind, name, value);
            continue;
        }
        const std::size_t before = out.size();
        put_name(out, name);
        out += ' ';
        if (!TRY(put(out, rule->kind, value, depth + 1))) {
            out.resize(before);
            if (rule->kind != Kind::form && rule->kind != Kind::image) left_out(kind, name, value);
        }
    }
    return {};
}

void Walk::left_out(Kind, const std::string& key, const Handle& value) {
    const Finding finding = finding_for_key(key);
    if (finding == Finding::none || Handle(value).isNull()) return;
    found(finding);
}

Result<> Walk::write(const Waiting& waiting) {
    TRY(budget().check_time());
    if (is_stream_kind(waiting.kind)) return write_stream(waiting);
    std::string body;
    if (!TRY(put_direct(body, waiting.kind, waiting.value, 0))) body = "null";
    return object(waiting.number, body);
}

Result<> Walk::write_stream(const Waiting& waiting) {
    switch (waiting.kind) {
    case Kind::form:
    case Kind::glyph:
    case Kind::pattern_tiling:
        return write_content_stream(waiting);
    case Kind::image:
        return write_image(waiting);
    case Kind::icc:
        return write_icc(waiting);
    default:
        return write_plain_stream(waiting, {});
    }
}

} // namespace sekisho::pdf
