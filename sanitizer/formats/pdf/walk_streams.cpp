// Streams: undoing filters, and writing those that are not pictures or fonts.
#include <algorithm>

#include "sanitizer/formats/pdf/calculator.h"
#include "sanitizer/formats/pdf/cmap.h"
#include "sanitizer/formats/pdf/filters.h"
#include "sanitizer/formats/pdf/icc.h"
#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_filters = 8;

struct Step {
    std::string filter;
    Handle parameters;
};

std::vector<Step> steps_of(Handle dictionary) {
    Handle filter = dictionary.getKey("/Filter");
    Handle parameters = dictionary.getKey("/DecodeParms");
    std::vector<Step> steps;
    if (filter.isName()) {
        if (parameters.isArray() && parameters.getArrayNItems() > 0) parameters = parameters.getArrayItem(0);
        steps.push_back({name_of(filter), parameters});
    } else if (filter.isArray()) {
        for (int i = 0; i < filter.getArrayNItems(); ++i) {
            Handle own = Handle::newNull();
            if (parameters.isArray() && i < parameters.getArrayNItems())
                own = parameters.getArrayItem(i);
            else if (parameters.isDictionary() && filter.getArrayNItems() == 1)
                own = parameters;
            steps.push_back({name_of(filter.getArrayItem(i)), own});
        }
    }
    return steps;
}

int integer_of(Handle dictionary, const char* key, int otherwise) {
    if (!dictionary.isDictionary()) return otherwise;
    Handle value = dictionary.getKey(key);
    return value.isInteger() ? value.getIntValueAsInt() : otherwise;
}

Predictor predictor_of(const Handle& parameters) {
    return {integer_of(parameters, "/Predictor", 1), integer_of(parameters, "/Colors", 1),
            integer_of(parameters, "/BitsPerComponent", 8), integer_of(parameters, "/Columns", 1)};
}

Result<Bytes> undo(const Step& step, Bytes data, std::size_t guess, std::uint64_t limit) {
    if (step.filter == "FlateDecode" || step.filter == "Fl")
        return undo_predictor(TRY(inflate(data, guess, limit)), predictor_of(step.parameters));
    if (step.filter == "LZWDecode" || step.filter == "LZW") {
        const bool early = integer_of(step.parameters, "/EarlyChange", 1) != 0;
        return undo_predictor(TRY(decode_lzw(data, early, limit)), predictor_of(step.parameters));
    }
    if (step.filter == "RunLengthDecode" || step.filter == "RL") return decode_run_length(data, limit);
    if (step.filter == "ASCIIHexDecode" || step.filter == "AHx") return decode_ascii_hex(data);
    if (step.filter == "ASCII85Decode" || step.filter == "A85") return decode_ascii85(data);
    return refuse(Reason::input_damaged);
}

std::string codec_named(std::string_view filter) {
    if (filter == "DCTDecode" || filter == "DCT") return "DCTDecode";
    if (filter == "CCITTFaxDecode" || filter == "CCF") return "CCITTFaxDecode";
    if (filter == "JBIG2Decode" || filter == "JPXDecode") return std::string(filter);
    return {};
}

Result<Bytes> raw_data(Handle stream) {
    try {
        const auto buffer = stream.getRawStreamData();
        return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
    } catch (const std::runtime_error&) {
        return refuse(Reason::input_damaged);
    }
}

class ResourceHost final : public ContentHost {
public:
    ResourceHost(Walk& walk, const Handle& resources, Uses& uses, Visibility* visibility)
        : m_walk(walk), m_resources(resources), m_uses(uses), m_visibility(visibility) {}

    int components(std::string_view name) override {
        const int device = m_walk.components(Handle::newName("/" + std::string(name)));
        return device != 0 ? device : m_walk.components(entry("/ColorSpace", name));
    }
    bool is_layer(std::string_view name) override {
        Handle property = entry("/Properties", name);
        if (!property.isDictionary()) return false;
        const std::string type = sekisho::pdf::name_of(property.getKey("/Type"));
        return type == "OCG" || type == "OCMD";
    }

    void uses(std::string_view category, std::string_view name) override {
        auto at = m_uses.find(category);
        if (at == m_uses.end()) at = m_uses.try_emplace(std::string(category)).first;
        if (!at->second.contains(name)) at->second.emplace(name);
    }

    bool keeps_marks() const override { return m_visibility && m_walk.keeps_marks(); }
    std::optional<std::int64_t> mark_of(std::string_view name) override {
        Handle property = entry("/Properties", name);
        Handle mark = property.isDictionary() ? property.getKey("/MCID") : Handle::newNull();
        if (!mark.isInteger() || mark.getIntValue() < 0 || mark.getIntValue() > INT32_MAX) return std::nullopt;
        return mark.getIntValue();
    }
    bool watches() const override { return m_visibility != nullptr; }

    void drew(std::string_view operation, std::span<const double> numbers, std::string_view name) override {
        if (operation == "gs") return look_at_state(entry("/ExtGState", name));
        if (operation == "Do") return look_at_picture(entry("/XObject", name));
        m_visibility->operation(operation, numbers);
    }

private:
    // What a graphics state says of transparency; one that says nothing changes nothing.
    void look_at_state(Handle state) {
        if (!state.isDictionary()) return;
        Handle alpha = state.getKey("/ca");
        Handle blend = state.getKey("/BM");
        Handle mask = state.getKey("/SMask");
        if (alpha.isNull() && blend.isNull() && mask.isNull()) return;
        const std::string mode = sekisho::pdf::name_of(blend);
        m_visibility->use_state((!alpha.isNumber() || alpha.getNumericValue() >= 1) && !mask.isDictionary() &&
                                (blend.isNull() || mode == "Normal" || mode == "Compatible"));
    }
    void look_at_picture(Handle object) {
        if (!object.isStream()) return;
        Handle keys = object.getDict();
        if (sekisho::pdf::name_of(keys.getKey("/Subtype")) != "Image") return;
        m_visibility->draw_picture(keys.getKey("/SMask").isNull() && keys.getKey("/Mask").isNull() &&
                                   keys.getKey("/ImageMask").isNull());
    }
    Handle entry(const char* category, std::string_view name) {
        if (!m_resources.isDictionary()) return Handle::newNull();
        Handle map = m_resources.getKey(category);
        return map.isDictionary() ? map.getKey("/" + std::string(name)) : Handle::newNull();
    }

    Walk& m_walk;
    Handle m_resources;
    Uses& m_uses;
    Visibility* m_visibility;
};

} // namespace

Result<Decoded> Walk::decode(Handle stream, std::size_t guess) {
    Handle dictionary = stream.getDict();
    if (dictionary.hasKey("/F") && !dictionary.getKey("/F").isNull()) {
        found(Finding::pdf_external_stream);
        return refuse(Reason::input_damaged);
    }
    auto steps = steps_of(dictionary);
    if (steps.size() > most_filters) return refuse(Reason::input_damaged);
    Decoded decoded{TRY(raw_data(stream)), {}, Handle::newNull()};
    const std::size_t packed = decoded.bytes.size();
    const std::uint64_t limit = context().limits().bytes_in_memory;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].filter == "Crypt") {
            // In an encrypted document a stream that opts out mixes plain and secret parts.
            if (document().isEncrypted()) return refuse(Reason::pdf_partly_encrypted);
            continue;
        }
        if (std::string codec = codec_named(steps[i].filter); !codec.empty()) {
            decoded.codec = std::move(codec);
            decoded.parameters = steps[i].parameters;
            break;
        }
        const std::size_t expected = predictor_of(steps[i].parameters).kind > 1 || i + 1 < steps.size() ? 0 : guess;
        decoded.bytes = TRY(undo(steps[i], std::move(decoded.bytes), expected, limit));
        TRY(budget().take_unpacked(decoded.bytes.size()));
        TRY(budget().check_ratio(packed, decoded.bytes.size()));
    }
    return decoded;
}

Result<Bytes> Walk::data(Handle stream) {
    Decoded decoded = TRY(decode(stream));
    if (!decoded.codec.empty()) return refuse(Reason::input_damaged);
    return std::move(decoded.bytes);
}

Result<Bytes> Walk::content_data(Handle stream) {
    auto bytes = data(stream);
    if (bytes || is_final(bytes.error())) return bytes;
    found(Finding::pdf_content);
    return Bytes{};
}

Result<std::string> Walk::content(View bytes, const Handle& resources, Uses& uses, Visibility* visibility) {
    ResourceHost host(*this, resources, uses, visibility);
    return rewrite_content(bytes, host, m_context);
}

Result<> Walk::put_resources(std::string& out, const Handle& given, const Uses& uses) {
    const Row* row = row_of(Kind::resources);
    Handle resources = given;
    out += "<<";
    for (const Rule& rule : row->rules) {
        const std::string category = "/" + std::string(rule.key);
        Handle map = resources.isDictionary() ? resources.getKey(category) : Handle::newNull();
        Kind item{};
        if (!map.isDictionary() || !map_item(rule.kind, item)) continue;
        const auto used = uses.find(category);
        const std::size_t before = out.size();
        out += category + "<<";
        const std::size_t opened = out.size();
        for (const auto& [key, value] : map.getDictAsMap()) {
            std::string name;
            put_name(name, key.substr(1));
            // Readers use these for device colours without being asked (ISO 32000-1, 8.6.5.6).
            const bool is_default = name == "/DefaultGray" || name == "/DefaultRGB" || name == "/DefaultCMYK";
            if (!is_default && (used == uses.end() || !used->second.contains(name))) continue;
            const std::size_t start = out.size();
            (out += name) += ' ';
            if (!TRY(put(out, item, value))) out.resize(start);
        }
        if (out.size() == opened)
            out.resize(before);
        else
            out += ">>";
    }
    out += ">>";
    return {};
}

Result<> Walk::write_content_stream(const Waiting& waiting) {
    Handle source = waiting.value;
    Handle dictionary = source.getDict();
    Handle resources = dictionary.getKey("/Resources");
    // A form without resources of its own draws with those of the page (ISO 32000-1, 7.8.3).
    if (waiting.kind == Kind::form && !resources.isDictionary()) resources = m_default_resources;
    std::string keys;
    if (waiting.kind != Kind::glyph) TRY(put_entries(keys, waiting.kind, dictionary, 0));
    const Bytes bytes = TRY(content_data(source));
    Uses uses;
    const std::string rewritten = TRY(content(bytes, resources, uses));
    if (waiting.kind != Kind::glyph) {
        keys += "/Resources";
        TRY(put_resources(keys, resources, uses));
    }
    return stream(waiting.number, keys, as_view(rewritten));
}

Result<> Walk::write_icc(const Waiting& waiting) {
    Handle dictionary = Handle(waiting.value).getDict();
    const Bytes bytes = TRY(data(waiting.value));
    const auto profile = rewrite_icc(bytes);
    if (!profile) return std::unexpected(profile.error());
    std::string keys;
    TRY(put_entries(keys, Kind::icc, dictionary, 0));
    keys += "/N ";
    put_integer(keys, profile->components);
    return stream(waiting.number, keys, profile->bytes);
}

Result<> Walk::write_plain_stream(const Waiting& waiting, std::string keys) {
    Handle dictionary = Handle(waiting.value).getDict();
    Bytes bytes = TRY(data(waiting.value));
    switch (waiting.kind) {
    case Kind::cmap: {
        CMap map = TRY(rewrite_cmap(bytes, CMapUse::encoding));
        keys += map.keys;
        bytes = to_bytes(map.text);
        break;
    }
    case Kind::to_unicode:
        bytes = to_bytes(TRY(rewrite_cmap(bytes, CMapUse::to_unicode)).text);
        break;
    case Kind::function_calculator:
        TRY(put_entries(keys, waiting.kind, dictionary, 0));
        bytes = to_bytes(TRY(rewrite_calculator(bytes)));
        break;
    case Kind::function_sampled:
    case Kind::shading_stream:
        TRY(put_entries(keys, waiting.kind, dictionary, 0));
        break;
    default:
        break; // lookup tables and glyph maps are numbers from the first byte to the last
    }
    return stream(waiting.number, keys, bytes);
}

} // namespace sekisho::pdf
