#include "sanitizer/verify/odf/values.h"

#include <string>

namespace sekisho::verify {

using odf_names::Words;

namespace {

struct Row {
    Words words;
    std::string_view names;
    OdfMeaning meaning;
};

constexpr Row rows[] = {
    {Words::xlink, "href", OdfMeaning::reference},
    {Words::xlink, "type show actuate", OdfMeaning::link_word},
    {Words::table, "formula expression", OdfMeaning::formula},
    {Words::text, "formula", OdfMeaning::formula},
    {Words::table, "condition", OdfMeaning::condition},
    {Words::style, "condition", OdfMeaning::condition},
    {Words::text, "condition", OdfMeaning::condition},
    {Words::calcext, "value", OdfMeaning::condition},
    {Words::table,
     "base-cell-address cell-address cell-range cell-range-address condition-source-range-address "
     "data-cell-range-address end-cell-address label-cell-range-address print-ranges range-address scenario-ranges "
     "source-cell-range-addresses source-name target-cell-address target-range-address",
     OdfMeaning::range},
    {Words::calcext, "base-cell-address cell-address data-range target-range-address", OdfMeaning::range},
    {Words::chart, "error-lower-range error-upper-range label-cell-address values-cell-range-address",
     OdfMeaning::range},
    {Words::draw, "notify-on-update-of-ranges notify-on-update-of-table-ranges", OdfMeaning::range},
    {Words::form, "linked-cell source-cell-range", OdfMeaning::range},
    {Words::table, "number-rows-repeated number-rows-spanned number-matrix-rows-spanned", OdfMeaning::rows},
    {Words::table, "number-columns-repeated number-columns-spanned number-matrix-columns-spanned", OdfMeaning::columns},
    {Words::text, "c", OdfMeaning::columns},
    {Words::text, "url", OdfMeaning::address},
    {Words::form, "control-implementation", OdfMeaning::control},
    {Words::script, "event-name", OdfMeaning::click},
    {Words::office, "mimetype", OdfMeaning::kind},
    {Words::office, "version", OdfMeaning::version},
};

constexpr std::string_view controls =
    "CheckBox ComboBox CommandButton CurrencyField DatabaseImageControl DateField FixedText Form FormattedField "
    "GridControl GroupBox HiddenControl ImageButton ListBox NavigationToolBar NumericField PatternField RadioButton "
    "RichTextControl ScrollBar SpinButton TextField TimeField";

// "$Unix OpenOffice.org_project/320m12$Build-9483"
bool is_build(std::string_view text) {
    constexpr std::string_view start = "$Unix OpenOffice.org_project/";
    if (!text.starts_with(start) || text.size() > 64) return false;
    std::string shape;
    for (const char c : text.substr(start.size())) {
        const char kind = c >= '0' && c <= '9' ? '0' : c;
        if (kind != '0' || !shape.ends_with('0')) shape += kind;
    }
    return shape == "0m0$Build-0";
}

} // namespace

bool odf_word_in(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

OdfMeaning odf_meaning(Words element, Words words, std::string_view name) {
    if (words == Words::none)
        return element == Words::math && name == "encoding" ? OdfMeaning::notation : OdfMeaning::plain;
    for (const Row& row : rows)
        if (row.words == words && odf_word_in(row.names, name)) return row.meaning;
    return OdfMeaning::plain;
}

bool odf_number_is_below(std::string_view text, std::uint64_t most) {
    if (text.empty() || text.size() > 10) return false;
    std::uint64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number <= most;
}

bool odf_control_is_known(std::string_view service) {
    constexpr std::string_view family = "ooo:com.sun.star.form.component.";
    if (service.starts_with(family)) service.remove_prefix(family.size());
    return odf_word_in(controls, service);
}

bool odf_media_type_is_known(std::string_view media_type) {
    constexpr std::string_view family = "application/vnd.oasis.opendocument.";
    return media_type.starts_with(family) &&
           odf_word_in("text spreadsheet presentation graphics chart formula", media_type.substr(family.size()));
}

bool odf_generator_is_plain(std::string_view generator) {
    const std::size_t slash = generator.find('/');
    if (slash == generator.npos) return false;
    const std::size_t dollar = std::min(generator.find('$'), generator.size());
    if (dollar < generator.size() && !is_build(generator.substr(dollar))) return false;
    const std::string_view version = generator.substr(slash + 1, dollar - std::min(dollar, slash + 1));
    return odf_word_in("LibreOffice OpenOffice.org OpenOffice MicrosoftOffice Calligra StarOffice",
                       generator.substr(0, slash)) &&
           !version.empty() && version.size() <= 12 && version.find_first_not_of("0123456789.") == version.npos;
}

bool odf_setting_is_allowed(std::string_view name, std::string_view type, std::string_view value) {
    if (type == "string") return odf_names::setting_is_words(name) && value.size() <= 4096;
    if (!odf_names::setting_is_number(name)) return false;
    if (type == "boolean") return value == "true" || value == "false";
    if (value.starts_with('-')) value.remove_prefix(1);
    return odf_word_in("short int long", type) && !value.empty() && value.size() <= 20 &&
           value.find_first_not_of("0123456789") == value.npos;
}

} // namespace sekisho::verify
