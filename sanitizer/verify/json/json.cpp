#include "sanitizer/verify/json/json.h"

#include <exception>
#include <new>
#include <unordered_set>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

namespace bj = boost::json;

constexpr std::size_t deepest = 128;

// The events of bj::basic_parser; `false` with an error code ends the parse.
struct Watch {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    std::vector<std::unordered_set<std::string>> names;
    std::string gathered;
    Reason reason = Reason::none;

    bool stop(Reason why, bj::error_code& code) {
        reason = why;
        code = bj::error::syntax;
        return false;
    }
    bool part(bj::string_view text) {
        gathered.append(text.data(), text.size());
        return true;
    }
    bool whole(bj::string_view text, bj::error_code& code) {
        part(text);
        for (const char c : gathered)
            if (c == '\b') return stop(Reason::verify_text_control, code);
        const auto clean = verify::text(MemorySource(as_view(gathered)), {});
        if (!clean) return stop(reason_of(clean.error()), code);
        return true;
    }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code&) {
        names.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, bj::error_code&) {
        names.pop_back();
        return true;
    }
    bool on_array_begin(bj::error_code&) { return true; }
    bool on_array_end(std::size_t, bj::error_code&) { return true; }
    bool on_key_part(bj::string_view text, std::size_t, bj::error_code&) { return part(text); }
    bool on_key(bj::string_view text, std::size_t, bj::error_code& code) {
        if (!whole(text, code)) return false;
        if (!names.back().insert(std::move(gathered)).second) return stop(Reason::verify_json, code);
        gathered.clear();
        return true;
    }
    bool on_string_part(bj::string_view text, std::size_t, bj::error_code&) { return part(text); }
    bool on_string(bj::string_view text, std::size_t, bj::error_code& code) {
        if (!whole(text, code)) return false;
        gathered.clear();
        return true;
    }
    bool on_number_part(bj::string_view, bj::error_code&) { return true; }
    bool on_int64(std::int64_t, bj::string_view, bj::error_code&) { return true; }
    bool on_uint64(std::uint64_t, bj::string_view, bj::error_code&) { return true; }
    bool on_double(double, bj::string_view, bj::error_code&) { return true; }
    bool on_bool(bool, bj::error_code&) { return true; }
    bool on_null(bj::error_code&) { return true; }
    bool on_comment_part(bj::string_view, bj::error_code&) { return false; }
    bool on_comment(bj::string_view, bj::error_code&) { return false; }
};

Result<> check(const Source& source, const Limits& limits) {
    TRY(verify::text(source, limits));
    bj::parse_options options;
    options.max_depth = deepest;
    bj::basic_parser<Watch> parser(options);
    Bytes buffer(64 * 1024);
    bj::error_code code;
    for (std::uint64_t offset = 0; offset < source.size();) {
        const std::size_t count = TRY(source.read_at(offset, buffer));
        if (count == 0) return refuse(Reason::input_short);
        offset += count;
        const std::size_t used = parser.write_some(true, as_chars(buffer.data()), count, code);
        if (!code && used != count) code = bj::error::extra_data;
        if (code) break;
    }
    if (!code) parser.write_some(false, nullptr, 0, code);
    const Reason reason = parser.handler().reason;
    if (reason != Reason::none) return refuse(reason);
    if (code || !parser.done()) return refuse(Reason::verify_json);
    return {};
}

} // namespace

Result<> json(const Source& source, const Limits& limits) try {
    return check(source, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::verify_json);
}

} // namespace sekisho::verify
