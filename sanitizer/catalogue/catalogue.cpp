#include "sanitizer/catalogue/catalogue.h"

#include <array>
#include <string>

namespace sekisho {

namespace {

constexpr std::array types{
    TypeRow{Type::unknown, "unknown", Family::other, "", "application/octet-stream", "unknown kind", "不明な種類"},
#define TYPE(id, name, family, extension, media, english, japanese)                                                    \
    TypeRow{Type::id, name, Family::family, extension, media, english, japanese},
#include "sanitizer/catalogue/types.def"
#undef TYPE
};

constexpr std::array findings{
    FindingRow{Finding::none, "", "", "", ""},
#define FINDING(id, code, threat, english, japanese) FindingRow{Finding::id, code, threat, english, japanese},
#include "sanitizer/catalogue/findings.def"
#undef FINDING
};

constexpr std::array reasons{
    ReasonRow{Reason::none, "", ErrorKind::fail, "", "", "", ""},
#define REASON(id, code, kind, english, japanese, help_english, help_japanese)                                         \
    ReasonRow{Reason::id, code, ErrorKind::kind, english, japanese, help_english, help_japanese},
#include "sanitizer/catalogue/reasons.def"
#undef REASON
};

template <typename Row, std::size_t size, typename Key>
constexpr const Row& at(const std::array<Row, size>& rows, Key key) {
    const auto index = static_cast<std::size_t>(key);
    return rows[index < size ? index : 0];
}

template <typename Key, std::size_t size>
std::optional<Key> named(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i)
        if (names[i] == name) return static_cast<Key>(i);
    return std::nullopt;
}

constexpr std::array<std::string_view, 8> family_names{"office", "picture", "text",       "archive",
                                                       "mail",   "cad",     "executable", "other"};
constexpr std::array<std::string_view, 7> action_names{"removed",   "rewritten", "extracted", "flattened",
                                                       "converted", "kept",      "replaced"};
constexpr std::array<std::string_view, 15> place_names{"file",    "page",  "object", "part",    "member",
                                                       "sheet",   "slide", "row",    "cell",    "line",
                                                       "segment", "chunk", "font",   "picture", "field"};
constexpr std::array<std::string_view, 4> level_names{"rebuild", "flatten", "text", "block"};
constexpr std::array<std::string_view, 3> verdict_names{"delivered", "refused", "failed"};

} // namespace

const TypeRow& row_of(Type type) {
    return at(types, type);
}
std::span<const TypeRow> all_types() {
    return std::span(types).subspan(1);
}
std::optional<Type> type_by_name(std::string_view name) {
    for (const TypeRow& row : all_types())
        if (row.name == name) return row.type;
    return std::nullopt;
}

const FindingRow& row_of(Finding finding) {
    return at(findings, finding);
}
std::span<const FindingRow> all_findings() {
    return std::span(findings).subspan(1);
}
std::optional<Finding> finding_by_code(std::string_view code) {
    for (const FindingRow& row : all_findings())
        if (row.code == code) return row.finding;
    return std::nullopt;
}

const ReasonRow& row_of(Reason reason) {
    return at(reasons, reason);
}
std::span<const ReasonRow> all_reasons() {
    return std::span(reasons).subspan(1);
}
std::optional<Reason> reason_by_code(std::string_view code) {
    for (const ReasonRow& row : all_reasons())
        if (row.code == code) return row.reason;
    return std::nullopt;
}

Reason reason_of(const Error& error) {
    return reason_by_code(error.code).value_or(Reason::internal);
}

std::unexpected<Error> refuse(Reason reason, std::string where) {
    const ReasonRow& row = row_of(reason);
    return std::unexpected(Error{row.kind, std::string(row.code), std::string(row.english), std::move(where),
                                 std::string(row.help_english)});
}

bool is_supported(Type type, Level level) {
    switch (type) {
    case Type::pdf:
    case Type::docx:
    case Type::xlsx:
    case Type::pptx:
    case Type::doc:
    case Type::xls:
    case Type::ppt:
    case Type::rtf:
    case Type::xlsb:
    case Type::word_xml:
    case Type::excel_xml:
    case Type::flat_opc:
    case Type::encrypted_office:
    case Type::odt:
    case Type::ods:
    case Type::odp:
    case Type::odg:
    case Type::text:
    case Type::csv:
    case Type::tsv:
    case Type::json:
    case Type::xml:
    case Type::html:
    case Type::markdown:
    case Type::calendar:
    case Type::vcard:
    case Type::svg:
    case Type::dxf:
    case Type::sfc:
    case Type::p21:
    case Type::jww:
    case Type::mail:
    case Type::msg:
    case Type::tnef:
    case Type::mbox:
    case Type::zip:
    case Type::seven_zip:
    case Type::rar:
    case Type::lzh:
    case Type::cab:
    case Type::tar:
    case Type::gzip:
    case Type::bzip2:
    case Type::xz:
    case Type::zstd:
    case Type::signed_data:
    case Type::binhex:
        return level == Level::rebuild || level == Level::flatten || level == Level::text;
    case Type::odf:
        return level == Level::rebuild || level == Level::text;
    case Type::jpeg:
    case Type::png:
    case Type::gif:
    case Type::bmp:
    case Type::tiff:
    case Type::webp:
    case Type::heif:
    case Type::jp2:
    case Type::metafile:
        return level == Level::rebuild || level == Level::flatten; // it is pixels already
    case Type::jtd:
        return level == Level::text;
    default:
        return false;
    }
}

std::string_view name_of(Family family) {
    return at(family_names, family);
}
std::string_view name_of(Action action) {
    return at(action_names, action);
}
std::string_view name_of(Place place) {
    return at(place_names, place);
}
std::string_view name_of(Level level) {
    return at(level_names, level);
}
std::string_view name_of(Verdict verdict) {
    return at(verdict_names, verdict);
}
std::optional<Level> level_by_name(std::string_view name) {
    return named<Level>(level_names, name);
}

} // namespace sekisho
