// A row of the threat catalogue and the files that prove it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::rows {

// A file made by the test. It must be delivered with every finding of `found`, or be refused for `refused`.
struct Case {
    std::string name; // of the file; its extension is a hint between kinds of plain text, as everywhere
    std::function<Bytes()> make;
    std::vector<Finding> found = {};
    Reason refused = Reason::none;
    Type becomes = Type::unknown;        // the kind that is delivered, where that alone is the proof
    std::vector<std::string> gone = {};  // words that another program sees in this file and not in the output
    std::vector<std::string> never = {}; // words that must not be in the output, even if the file spells them otherwise
    std::vector<std::string> kept = {};  // what is still to be seen in the output
    std::vector<std::string> passwords = {};
    std::vector<std::uint64_t> parts = {}; // sizes of the parts that were joined into this file
    Level level = Level::rebuild;
    bool stays = false;          // it is content: told, and delivered
    std::string signatures = {}; // folder of virus signatures: the file goes through the scanner first
};

struct Row {
    std::vector<Case> made;
    // The corpus's index says which real files show this row. Each ends delivered with a finding of the made files, or
    // refused for a reason of theirs, or else as said here.
    std::vector<Finding> also_found = {};
    std::vector<Reason> also_refused = {};
    bool also_plain = false;             // some real files carry it in a form that calls for no finding
    std::vector<std::string> never = {}; // words in no output of this row
};

#define ROW(id, vector) Row id();
#define OWED(id, vector, room)
#include "tests/sanitizer/rows/ids.def"
#undef ROW
#undef OWED

struct NamedRow {
    std::string_view id;
    std::string_view vector;
    std::string_view owed_by; // the room that will prove it; empty if it is proved here
    Row row;
};

// In the order of the catalogue, owed rows without files.
const std::vector<NamedRow>& all_rows();

// docs/threats.md.
std::string table();

} // namespace sekisho::rows
