// Word's fields (ECMA-376 part 1, 17.16.5).
#include <algorithm>
#include <array>
#include <string>

#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

// They show something of this document, the time or a record; none reads a file or starts a program.
constexpr auto names = std::to_array<std::string_view>({"=",
                                                        "ADVANCE",
                                                        "AUTONUM",
                                                        "AUTONUMLGL",
                                                        "AUTONUMOUT",
                                                        "COMPARE",
                                                        "CREATEDATE",
                                                        "DATE",
                                                        "EDITTIME",
                                                        "EQ",
                                                        "FILENAME",
                                                        "FILESIZE",
                                                        "FORMCHECKBOX",
                                                        "FORMTEXT",
                                                        "FORMDROPDOWN",
                                                        "IF",
                                                        "INDEX",
                                                        "LISTNUM",
                                                        "MERGEFIELD",
                                                        "MERGEREC",
                                                        "MERGESEQ",
                                                        "MERGEBARCODE",
                                                        "NEXT",
                                                        "NEXTIF",
                                                        "NOTEREF",
                                                        "NUMCHARS",
                                                        "NUMPAGES",
                                                        "NUMWORDS",
                                                        "DISPLAYBARCODE",
                                                        "PAGE",
                                                        "PAGEREF",
                                                        "PRINTDATE",
                                                        "REF",
                                                        "REVNUM",
                                                        "SAVEDATE",
                                                        "SECTION",
                                                        "SEQ",
                                                        "SECTIONPAGES",
                                                        "SET",
                                                        "SHAPE",
                                                        "SKIPIF",
                                                        "STYLEREF",
                                                        "SUBJECT",
                                                        "SYMBOL",
                                                        "TA",
                                                        "TC",
                                                        "TIME",
                                                        "TITLE",
                                                        "TOA",
                                                        "TOC",
                                                        "XE"});

constexpr std::string_view blanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

// "quoted", or a bare word.
std::string_view take_word(std::string_view& rest) {
    rest = without_blanks(rest);
    std::string_view word;
    if (rest.starts_with('"')) {
        const std::size_t end = std::min(rest.find('"', 1), rest.size());
        word = rest.substr(1, end - 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    } else {
        const std::size_t end = std::min(rest.find_first_of(" \t\r\n\""), rest.size());
        word = rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return word;
}

bool hyperlink_is_allowed(std::string_view rest) {
    bool addressed = false;
    for (rest = without_blanks(rest); !rest.empty(); rest = without_blanks(rest)) {
        if (!rest.starts_with('\\')) {
            const std::string_view address = take_word(rest);
            if (addressed || (!address.empty() && !address_is_allowed(address))) return false;
            addressed = true;
        } else if (rest.size() > 1 && std::string_view("hnm").find(rest[1]) != std::string_view::npos) {
            rest.remove_prefix(2);
        } else if (rest.size() > 1 && std::string_view("los").find(rest[1]) != std::string_view::npos) {
            rest.remove_prefix(2);
            if (take_word(rest).find('\\') != std::string_view::npos) return false;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace

bool field_is_allowed(std::string_view instruction, bool nested) {
    const std::string_view all = without_blanks(instruction);
    const std::size_t end = all.starts_with('=') ? 1 : std::min(all.find_first_of(" \t\r\n\"\\"), all.size());
    std::string name(all.substr(0, end));
    for (char& c : name)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (name == "HYPERLINK") return !nested && hyperlink_is_allowed(all.substr(end));
    return std::ranges::find(names, name) != names.end();
}

} // namespace sekisho::verify
