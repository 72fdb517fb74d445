#include "tests/corpus/benign.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sekisho {

namespace {

struct Rule {
    std::string_view what;
    std::string_view why;
};

constexpr std::array words{
#define NOT_ORDINARY(word, why) Rule{word, why},
#define NAMED(part, why)
#include "tests/corpus/benign.def"
#undef NOT_ORDINARY
#undef NAMED
    Rule{"", ""}};

constexpr std::array names{
#define NOT_ORDINARY(word, why)
#define NAMED(part, why) Rule{part, why},
#include "tests/corpus/benign.def"
#undef NOT_ORDINARY
#undef NAMED
    Rule{"", ""}};

std::string why_not(const std::string& path, const std::string& rows, const std::string& note) {
    if (!rows.empty()) return "demonstrates " + rows;
    for (const Rule& rule : names)
        if (!rule.what.empty() && path.find(rule.what) != std::string::npos) return std::string(rule.why);
    std::istringstream all(note);
    for (std::string word; all >> word;) {
        word = word.substr(0, word.find_first_of("=(:"));
        for (const Rule& rule : words)
            if (!rule.what.empty() && word == rule.what) return std::string(rule.why);
    }
    return {};
}

} // namespace

std::vector<Indexed> indexed_files(const std::string& corpus) {
    std::vector<Indexed> files;
    std::ifstream index(std::filesystem::path(corpus) / "index.tsv");
    std::string line;
    std::getline(index, line); // the heading
    while (std::getline(index, line)) {
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
        cells.resize(5);
        files.push_back({cells[0], why_not(cells[0], cells[1], cells[4])});
    }
    return files;
}

} // namespace sekisho
