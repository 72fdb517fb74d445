#include <algorithm>
#include <unordered_set>

#include "sanitizer/formats/odf/names/settings.h"
#include "sanitizer/formats/odf/rewriter.h"

namespace sekisho::odf {

namespace {

using Names = std::unordered_set<std::string_view>;

Names made_of(std::string_view words) {
    Names names;
    while (!words.empty()) {
        const std::size_t size = std::min(words.find(' '), words.size());
        names.insert(words.substr(0, size));
        words.remove_prefix(std::min(size + 1, words.size()));
    }
    return names;
}

bool is_number(std::string_view value) {
    if (value.starts_with('-')) value.remove_prefix(1);
    return !value.empty() && value.size() <= 20 && value.find_first_not_of("0123456789") == value.npos;
}

} // namespace

bool setting_is_kept(std::string_view name, std::string_view type, std::string_view value) {
    static const Names numbers = made_of(names::number_settings), words = made_of(names::word_settings);
    if (type == "boolean") return numbers.contains(name) && (value == "true" || value == "false");
    if (type == "short" || type == "int" || type == "long") return numbers.contains(name) && is_number(value);
    return type == "string" && words.contains(name) && value.size() <= 4096;
}

} // namespace sekisho::odf
