// The closed tables of the sanitiser. Everything that crosses a process border is a number of one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/error/error.h"

namespace sekisho {

enum class Family : std::uint8_t { office, picture, text, archive, mail, cad, executable, other };

enum class Type : std::uint8_t {
    unknown,
#define TYPE(id, ...) id,
#include "sanitizer/catalogue/types.def"
#undef TYPE
    count
};

struct TypeRow {
    Type type;
    std::string_view name; // stable, in policies, logs and JSON
    Family family;
    std::string_view extension; // without the dot; may be empty
    std::string_view media;
    std::string_view english;
    std::string_view japanese;
};

const TypeRow& row_of(Type type);
std::optional<Type> type_by_name(std::string_view name);
std::span<const TypeRow> all_types();
std::string_view name_of(Family family);

// What a file carried. One row per vector of the threat catalogue.
enum class Finding : std::uint16_t {
    none,
#define FINDING(id, ...) id,
#include "sanitizer/catalogue/findings.def"
#undef FINDING
    count
};

struct FindingRow {
    Finding finding;
    std::string_view code;   // stable: "pdf.javascript"
    std::string_view threat; // row of the threat catalogue: "P01"
    std::string_view english;
    std::string_view japanese;
};

const FindingRow& row_of(Finding finding);
std::optional<Finding> finding_by_code(std::string_view code);
std::span<const FindingRow> all_findings();

// What was done about a finding.
enum class Action : std::uint8_t { removed, rewritten, extracted, flattened, converted, kept, replaced, count };
std::string_view name_of(Action action);

// Where it was: a path of at most four steps, each a kind and a number counted from 1.
enum class Place : std::uint8_t {
    file,
    page,
    object,
    part,
    member,
    sheet,
    slide,
    row,
    cell,
    line,
    segment,
    chunk,
    font,
    picture,
    field,
    count
};
std::string_view name_of(Place place);

// Why a file was refused or failed. `code` is also Error::code of whatever produced it.
enum class Reason : std::uint16_t {
    none,
#define REASON(id, ...) id,
#include "sanitizer/catalogue/reasons.def"
#undef REASON
    count
};

struct ReasonRow {
    Reason reason;
    std::string_view code; // stable: "limit.bytes"
    ErrorKind kind;        // reject = refused, fail = failed
    std::string_view english;
    std::string_view japanese;
    std::string_view help_english; // what to do next
    std::string_view help_japanese;
};

const ReasonRow& row_of(Reason reason);
std::optional<Reason> reason_by_code(std::string_view code);
std::span<const ReasonRow> all_reasons();
// The row of an error's code; Reason::internal if the code is in no row (a defect that a test looks for).
Reason reason_of(const Error& error);
// An Error whose code, kind and texts are those of the row.
std::unexpected<Error> refuse(Reason reason, std::string where = {});

enum class Level : std::uint8_t { rebuild, flatten, text, block, count };
std::string_view name_of(Level level);
std::optional<Level> level_by_name(std::string_view name);

// Whether a type can be delivered at a level. The dispatch table in formats/ is tested against it.
bool is_supported(Type type, Level level);

enum class Verdict : std::uint8_t { delivered, refused, failed, count };
std::string_view name_of(Verdict verdict);

} // namespace sekisho
