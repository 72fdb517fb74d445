#include <algorithm>

#include <fmt/format.h>

#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

void add_once(std::vector<std::string>& list, std::string text) {
    if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& one : list) text += (text.empty() ? "" : "<br>") + one;
    return text;
}

std::string line_of(const NamedRow& named) {
    if (!named.owed_by.empty())
        return fmt::format("| {} | {} | | | **owed** ({}) |\n", named.id, named.vector, named.owed_by);
    std::vector<std::string> codes, tests, results;
    for (const Case& one : named.row.made) {
        for (const Finding finding : one.found) add_once(codes, fmt::format("`{}`", row_of(finding).code));
        add_once(tests, fmt::format("`{}`", one.name));
        if (one.refused == Reason::none) {
            add_once(results, one.stays ? "delivered with it, and told" : "delivered without it, and opens");
        } else {
            add_once(codes, fmt::format("`{}`", row_of(one.refused).code));
            add_once(results, "refused");
        }
    }
    return fmt::format("| {} | {} | {} | {} | {} |\n", named.id, named.vector, joined(codes), joined(tests),
                       joined(results));
}

} // namespace

const std::vector<NamedRow>& all_rows() {
    static const std::vector<NamedRow> rows{
#define ROW(id, vector) NamedRow{#id, vector, "", id()},
#define OWED(id, vector, room) NamedRow{#id, vector, #room, {}},
#include "tests/sanitizer/rows/ids.def"
#undef ROW
#undef OWED
    };
    return rows;
}

std::string table() {
    const auto& rows = all_rows();
    const auto owed = std::ranges::count_if(rows, [](const NamedRow& row) { return !row.owed_by.empty(); });
    std::string text =
        fmt::format("# Threats\n\n"
                    "What a file can carry, and the proof that it does not come through. Made by `./dev rows` from\n"
                    "`tests/sanitizer/rows`; a test compares this page with them. The test of a row is "
                    "`Made/Rows.Hold/ROW_FILE` of\n"
                    "`test_rows`: it makes the named file, sanitises it, and looks at the output with other programs. "
                    "With a corpus,\n"
                    "`Corpus/RealFiles.Hold/ROW` does the same with real files. {} of {} rows are proved.\n\n"
                    "| row | vector | code | files of the test | result |\n|---|---|---|---|---|\n",
                    std::ssize(rows) - owed, rows.size());
    for (const NamedRow& row : rows) text += line_of(row);
    return text;
}

} // namespace sekisho::rows
