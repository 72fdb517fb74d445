#include "sanitizer/verify/odf/vocabulary.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

namespace sekisho::verify::odf_names {

namespace {

using Set = std::unordered_set<std::string_view>;
using Sets = std::vector<Set>;

struct Uri {
    std::string_view uri;
    Words words;
};

constexpr std::string_view oasis = "urn:oasis:names:tc:opendocument:xmlns:";

// Behind the common start of those that the standard defines.
constexpr Uri standard[] = {
    {"office:1.0", Words::office},
    {"style:1.0", Words::style},
    {"text:1.0", Words::text},
    {"table:1.0", Words::table},
    {"drawing:1.0", Words::draw},
    {"xsl-fo-compatible:1.0", Words::fo},
    {"meta:1.0", Words::meta},
    {"datastyle:1.0", Words::number},
    {"presentation:1.0", Words::presentation},
    {"svg-compatible:1.0", Words::svg},
    {"chart:1.0", Words::chart},
    {"dr3d:1.0", Words::dr3d},
    {"script:1.0", Words::script},
    {"form:1.0", Words::form},
    {"config:1.0", Words::config},
    {"animation:1.0", Words::anim},
    {"smil-compatible:1.0", Words::smil},
    {"manifest:1.0", Words::manifest},
    {"of:1.2", Words::value},
};

constexpr Uri others[] = {
    {"http://www.w3.org/1999/xlink", Words::xlink},
    {"http://purl.org/dc/elements/1.1/", Words::dc},
    {"http://www.w3.org/1998/Math/MathML", Words::math},
    {"http://www.w3.org/XML/1998/namespace", Words::xml},
    {"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", Words::loext},
    {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", Words::calcext},
    {"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0", Words::field},
    {"urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0", Words::formx},
    {"http://openoffice.org/2010/draw", Words::drawooo},
    {"http://openoffice.org/2009/table", Words::tableooo},
    {"http://openoffice.org/2010/chart", Words::value},
    {"http://openoffice.org/2004/calc", Words::value},
    {"http://openoffice.org/2004/writer", Words::value},
    {"http://openoffice.org/2004/office", Words::value},
    {"http://schemas.microsoft.com/office/excel/formula", Words::value},
};

void add(Set& set, std::string_view names) {
    while (!names.empty()) {
        const std::size_t size = std::min(names.find(' '), names.size());
        set.insert(names.substr(0, size));
        names.remove_prefix(std::min(size + 1, names.size()));
    }
}

const Sets& elements() {
    static const Sets sets = [] {
        Sets made(static_cast<std::size_t>(Words::count));
#define ELEMENTS(words, names) add(made[static_cast<std::size_t>(Words::words)], names);
#include "sanitizer/verify/odf/elements.def"
#undef ELEMENTS
        return made;
    }();
    return sets;
}

const Sets& attributes() {
    static const Sets sets = [] {
        Sets made(static_cast<std::size_t>(Words::count));
#define ATTRIBUTES(words, names) add(made[static_cast<std::size_t>(Words::words)], names);
#include "sanitizer/verify/odf/attributes.def"
#undef ATTRIBUTES
        return made;
    }();
    return sets;
}

struct Settings {
    Set numbers, words;
};

const Settings& settings() {
    static const Settings sets = [] {
        Settings made;
#define NUMBERS(names) add(made.numbers, names);
#define WORDS(names) add(made.words, names);
#include "sanitizer/verify/odf/settings.def"
#undef NUMBERS
#undef WORDS
        return made;
    }();
    return sets;
}

} // namespace

Words words_of(std::string_view uri) {
    if (uri.empty()) return Words::none;
    const bool own = uri.starts_with(oasis);
    if (own) uri.remove_prefix(oasis.size());
    if (own) {
        const auto* row = std::ranges::find(standard, uri, &Uri::uri);
        return row == std::end(standard) ? Words::foreign : row->words;
    }
    const auto* row = std::ranges::find(others, uri, &Uri::uri);
    return row == std::end(others) ? Words::foreign : row->words;
}

bool element_is_listed(Words words, std::string_view name) {
    return elements()[static_cast<std::size_t>(words)].contains(name);
}

bool attribute_is_listed(Words element, Words words, std::string_view name) {
    if (words == Words::math) return false;
    if (words == Words::none && element == Words::math) words = Words::math;
    return attributes()[static_cast<std::size_t>(words)].contains(name);
}

bool setting_is_number(std::string_view name) {
    return settings().numbers.contains(name);
}

bool setting_is_words(std::string_view name) {
    return settings().words.contains(name);
}

} // namespace sekisho::verify::odf_names
