// What the analysis has to say about a policy that could be loaded: findings.def, in the manner of diagnostics.def.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/language/source.h"

namespace sekisho::policy {

enum class Finding : std::uint8_t {
#define FINDING(id, ...) id,
#include "policy/analysis/findings.def"
#undef FINDING
};

struct FindingRow {
    Finding finding;
    std::string_view code; // stable: "P0701"
    bool error;            // else a warning
    std::string_view english;
    std::string_view japanese;
    std::string_view help_english; // may be empty
    std::string_view help_japanese;
};

const FindingRow& row_of(Finding finding);
std::span<const FindingRow> all_findings();

struct Remark {
    Finding finding;
    std::optional<Span> at;       // nothing: it is about the whole policy
    std::vector<Words> arguments; // {0}, {1}, ...
    std::string rule;             // id of the rule that it is about; may be empty
};

// One line, and the help (empty if there is none).
std::string message_of(const Remark& remark, Language language);
std::string help_of(const Remark& remark, Language language);

// Place, code, message, the source line, help. Safe for a terminal.
std::string render(const Remark& remark, const Sources& sources, Language language);
std::string render(std::span<const Remark> remarks, const Sources& sources, Language language);

} // namespace sekisho::policy
