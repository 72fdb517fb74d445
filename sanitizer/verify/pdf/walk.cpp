#include "sanitizer/verify/pdf/walk.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

namespace {

constexpr int deepest = 64; // of direct objects
constexpr int longest_array = 1 << 24;

// Keys come from the file: only short plain ones get into a message.
std::string shown(std::string_view key) {
    const bool plain =
        key.size() <= 32 && std::ranges::all_of(key, [](char byte) {
            return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        });
    return plain ? std::string(key) : std::string("?");
}

bool is_word_of(std::string_view words, std::string_view word) {
    if (word.empty()) return false;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool takes_type(const Rule& rule, const Object& object) {
    switch (rule.want) {
    case Rule::Want::boolean:
        return object.isBool();
    case Rule::Want::integer:
        return object.isInt();
    case Rule::Want::number:
        return object.isNum();
    case Rule::Want::name:
        return object.isName();
    case Rule::Want::text:
        return object.isString();
    case Rule::Want::numbers:
    case Rule::Want::array:
        return object.isArray();
    case Rule::Want::map:
        return object.isDict();
    case Rule::Want::node:
        return rule.grammar->stream ? object.isStream() : object.isDict();
    case Rule::Want::choose:
        return object.isDict() || object.isStream();
    case Rule::Want::either:
        return std::ranges::any_of(rule.options, [&](const Rule& option) { return takes_type(option, object); });
    case Rule::Want::check:
        return true;
    case Rule::Want::link:
        return false;
    }
    return false;
}

const Key* find_row(const Grammar& grammar, std::string_view key) {
    const auto row = std::ranges::find(grammar.keys, key, &Key::name);
    if (row != grammar.keys.end()) return &*row;
    if (!grammar.stream) return nullptr;
    const std::span<const Key> common = common_stream_keys();
    const auto shared = std::ranges::find(common, key, &Key::name);
    return shared == common.end() ? nullptr : &*shared;
}

const Object& dictionary_of(const Object& object) {
    return object.isStream() ? stream_dictionary(object) : object;
}

} // namespace

class Walk::Deeper {
public:
    explicit Deeper(Walk& walk) : m_walk(walk), m_grammar(walk.m_grammar) { ++m_walk.m_depth; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() {
        --m_walk.m_depth;
        m_walk.m_grammar = m_grammar;
    }

private:
    Walk& m_walk;
    std::string_view m_grammar;
};

std::unexpected<Error> Walk::no(Reason reason, std::string_view key) const {
    std::string where =
        m_current == 0 ? fmt::format("{}", m_grammar) : fmt::format("object {}, {}", m_current, m_grammar);
    if (!key.empty()) where += " /" + shown(key);
    return refuse(reason, std::move(where));
}

bool Walk::in_use(const Object& reference) {
    const int number = reference.getRefNum();
    return reference.getRefGen() == 0 && number > 0 && number < m_file.object_count() &&
           m_file.entry(number).kind != XrefEntry::Kind::absent;
}

Result<Object> Walk::resolve(const Object& raw) {
    if (!raw.isRef()) return raw.copy();
    if (!in_use(raw)) return no(Reason::verify_pdf_reference);
    const int number = raw.getRefNum();
    m_reached.insert(number);
    m_contains[m_current].push_back(number);
    auto object = m_file.fetch(number);
    if (!object) object.error().where = fmt::format("object {}", number);
    return object;
}

Result<Object> Walk::lookup(const Object& dictionary_or_stream, const char* key) {
    return resolve(dictionary_of(dictionary_or_stream).dictLookupNF(key));
}

Result<> Walk::value(const Object& raw, const Rule& rule) {
    if (rule.want == Rule::Want::link) {
        if (raw.isRef() && in_use(raw)) return {};
        return no(Reason::verify_pdf_reference);
    }
    if (raw.isRef()) return follow(raw, rule);
    return direct(raw, rule);
}

Result<> Walk::values(const Object& array, int from, const Rule& rule) {
    for (int i = from; i < array.arrayGetLength(); ++i) TRY(value(array.arrayGetNF(i), rule));
    return {};
}

Result<> Walk::follow(const Object& reference, const Rule& rule) {
    if (!in_use(reference)) return no(Reason::verify_pdf_reference);
    const int number = reference.getRefNum();
    m_reached.insert(number);
    m_contains[m_current].push_back(number);
    if (m_seen.emplace(number, &rule).second) m_waiting.emplace(number, &rule);
    return {};
}

// In the order of object numbers, again and again, so the file is read from front to back.
Result<> Walk::drain() {
    Task last{0, nullptr};
    while (!m_waiting.empty()) {
        auto next = m_waiting.lower_bound(last);
        if (next == m_waiting.end()) next = m_waiting.begin();
        last = *next;
        m_waiting.erase(next);
        m_current = last.first;
        m_grammar = "object";
        auto object = m_file.fetch(last.first);
        if (!object) return no(reason_of(object.error()));
        // Means the same as no entry at all (7.3.10).
        if (object->isNull()) continue;
        TRY(direct(*object, *last.second));
    }
    return {};
}

Result<> Walk::direct(const Object& object, const Rule& rule) {
    if (m_depth >= deepest) return no(Reason::verify_pdf_depth);
    const Deeper deeper(*this);
    if (!takes_type(rule, object)) return no(Reason::verify_pdf_value);
    switch (rule.want) {
    case Rule::Want::boolean:
    case Rule::Want::text:
        return {};
    case Rule::Want::integer:
        if (object.getInt() < rule.least || object.getInt() > rule.most) return no(Reason::verify_pdf_value);
        return {};
    case Rule::Want::number:
        if (!std::isfinite(object.getNum())) return no(Reason::verify_pdf_value);
        return {};
    case Rule::Want::name:
        return name(object, rule.words);
    case Rule::Want::numbers:
        return numbers(object, rule);
    case Rule::Want::array:
        if (object.arrayGetLength() < rule.least || object.arrayGetLength() > rule.most)
            return no(Reason::verify_pdf_value);
        return values(object, 0, *rule.inner);
    case Rule::Want::map:
        return map(object, *rule.inner);
    case Rule::Want::node:
        return node(object, *rule.grammar);
    case Rule::Want::choose: {
        const Grammar* grammar = rule.pick(*this, dictionary_of(object));
        if (!grammar || grammar->stream != object.isStream()) return no(Reason::verify_pdf_value);
        return node(object, *grammar);
    }
    case Rule::Want::either:
        return either(object, rule);
    case Rule::Want::check:
        return rule.check(*this, object);
    case Rule::Want::link:
        break;
    }
    return no(Reason::verify_pdf_value);
}

Result<> Walk::either(const Object& object, const Rule& rule) {
    const auto option = std::ranges::find_if(rule.options, [&](const Rule& one) { return takes_type(one, object); });
    if (option == rule.options.end()) return no(Reason::verify_pdf_value);
    return direct(object, *option);
}

Result<> Walk::name(const Object& object, std::string_view words) const {
    if (words.empty() || is_word_of(words, name_of(object))) return {};
    return no(Reason::verify_pdf_value);
}

Result<> Walk::numbers(const Object& object, const Rule& rule) {
    const int count = object.arrayGetLength();
    if (count < rule.least || count > rule.most || count > longest_array) return no(Reason::verify_pdf_value);
    for (int i = 0; i < count; ++i) {
        const Object& item = object.arrayGetNF(i);
        if (!item.isNum() || !std::isfinite(item.getNum())) return no(Reason::verify_pdf_value);
    }
    return {};
}

Result<> Walk::no_duplicates(const Object& dictionary) const {
    std::vector<std::string_view> keys;
    for (int i = 0; i < dictionary.dictGetLength(); ++i) keys.emplace_back(dictionary.dictGetKey(i));
    std::ranges::sort(keys);
    if (std::ranges::adjacent_find(keys) != keys.end()) return no(Reason::verify_pdf_syntax);
    return {};
}

Result<> Walk::map(const Object& dictionary, const Rule& inner) {
    TRY(no_duplicates(dictionary));
    for (int i = 0; i < dictionary.dictGetLength(); ++i) TRY(value(dictionary.dictGetValNF(i), inner));
    return {};
}

Result<> Walk::node(const Object& object, const Grammar& grammar) {
    const Deeper deeper(*this);
    m_grammar = grammar.name;
    const Object& dictionary = dictionary_of(object);
    TRY(no_duplicates(dictionary));
    std::size_t required = 0;
    for (int i = 0; i < dictionary.dictGetLength(); ++i) {
        const std::string_view key = dictionary.dictGetKey(i);
        const Key* row = find_row(grammar, key);
        if (!row) return no(Reason::verify_pdf_key, key);
        auto checked = value(dictionary.dictGetValNF(i), row->rule);
        if (!checked) {
            if (checked.error().where.find('/') == std::string::npos) checked.error().where += " /" + shown(key);
            return checked;
        }
        if (row->required) ++required;
    }
    if (required != static_cast<std::size_t>(std::ranges::count(grammar.keys, true, &Key::required)))
        return no(Reason::verify_pdf_missing);
    if (!grammar.stream) return {};
    auto payload = grammar.payload(*this, object);
    if (!payload && payload.error().where.empty()) return no(reason_of(payload.error()));
    return payload;
}

Result<> Walk::decode(const Object& stream, std::uint64_t limit, const std::function<Result<>(View)>& take) {
    return m_file.decode(stream, std::min(limit, m_limits.bytes_unpacked - m_decoded), [&](View view) -> Result<> {
        m_decoded += view.size();
        return take(view);
    });
}

Result<Bytes> Walk::decode(const Object& stream, std::uint64_t limit) {
    Bytes whole;
    TRY(decode(stream, std::min(limit, m_limits.bytes_in_memory), [&whole](View view) -> Result<> {
        whole.insert(whole.end(), view.begin(), view.end());
        return {};
    }));
    return whole;
}

Result<> Walk::verify_part(Type type, const Bytes& content) {
    if (!m_part) return no(Reason::verify_pdf_attachment);
    if (m_limits.depth <= 1) return refuse(Reason::limit_depth);
    Limits inner = m_limits;
    --inner.depth;
    inner.bytes_unpacked -= std::min(inner.bytes_unpacked, m_decoded);
    return m_part(type, MemorySource(content), inner);
}

Result<> Walk::take_picture(std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0 || width > m_limits.pixels_one / height) return no(Reason::limit_pixels);
    m_pixels += width * height;
    if (m_pixels > m_limits.pixels) return no(Reason::limit_pixels);
    return {};
}

Result<> Walk::run() {
    const Object& trailer = m_file.trailer();
    TRY(page_tree(trailer));
    TRY(node(trailer, trailer_grammar));
    TRY(drain());
    TRY(everything_reached());
    return no_cycles();
}

} // namespace sekisho::verify
