#include "sanitizer/formats/sxf/head.h"

#include <vector>

namespace sekisho::sxf {

namespace {

constexpr std::size_t most_strings = 64;

// "('a','b')" or "'a'".
Result<std::vector<std::string>> strings(Lexer& lexer) {
    std::vector<std::string> made;
    if (!lexer.take_if('(')) {
        made.push_back(TRY(lexer.string()));
        return made;
    }
    if (lexer.take_if(')')) return made;
    do {
        made.push_back(TRY(lexer.string()));
        if (made.size() > most_strings) return refuse(Reason::cad_damaged);
    } while (lexer.take_if(','));
    TRY(lexer.take(")"));
    return made;
}

void put_list(std::string& out, const std::vector<std::string>& list) {
    out += '(';
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) out += ',';
        put_string(out, list[i]);
    }
    out += ')';
}

Result<> description(Lexer& lexer, std::string& out) {
    TRY(lexer.take("FILE_DESCRIPTION"));
    TRY(lexer.take("("));
    const auto list = TRY(strings(lexer));
    TRY(lexer.take(","));
    const std::string level = TRY(lexer.string());
    out += "FILE_DESCRIPTION(";
    put_list(out, list);
    out += ',';
    put_string(out, level);
    out += ");\r\n";
    return {};
}

bool is_blank(const std::vector<std::string>& list) {
    for (const std::string& text : list)
        if (text.find_first_not_of(' ') != text.npos) return false;
    return true;
}

// Name, time, authors, organisations, version of the program that wrote it (which tells SXF's version), system, who
// approved it.
Result<> name(Lexer& lexer, std::string& out, Context& context) {
    TRY(lexer.take("FILE_NAME"));
    TRY(lexer.take("("));
    out += "FILE_NAME(";
    for (int field = 0; field < 7; ++field) {
        if (field > 0) {
            TRY(lexer.take(","));
            out += ',';
        }
        auto list = TRY(strings(lexer));
        const bool of_people = field == 2 || field == 3 || field == 6;
        if (of_people) {
            if (!is_blank(list)) context.found(Finding::sxf_author, Action::removed);
            out += field == 6 ? "''" : "('')";
            continue;
        }
        if (list.size() != 1) return refuse(Reason::cad_damaged);
        bool changed = false;
        if (field == 0) list[0] = without_folders(list[0], changed);
        if (changed) context.found(Finding::sxf_external, Action::rewritten);
        put_string(out, list[0]);
    }
    out += ");\r\n";
    return {};
}

Result<> schema(Lexer& lexer, std::string& out) {
    TRY(lexer.take("FILE_SCHEMA"));
    TRY(lexer.take("("));
    const auto list = TRY(strings(lexer));
    out += "FILE_SCHEMA(";
    put_list(out, list);
    out += ");\r\n";
    return {};
}

Result<> end_of(Lexer& lexer) {
    TRY(lexer.take(")"));
    return lexer.take(";");
}

} // namespace

Result<> rewrite_head(Lexer& lexer, std::string& out, Context& context) {
    TRY(lexer.take("ISO-10303-21"));
    TRY(lexer.take(";"));
    TRY(lexer.take("HEADER"));
    TRY(lexer.take(";"));
    out += "ISO-10303-21;\r\nHEADER;\r\n";
    TRY(description(lexer, out));
    TRY(end_of(lexer));
    TRY(name(lexer, out, context));
    TRY(end_of(lexer));
    TRY(schema(lexer, out));
    TRY(end_of(lexer));
    TRY(lexer.take("ENDSEC"));
    TRY(lexer.take(";"));
    TRY(lexer.take("DATA"));
    TRY(lexer.take(";"));
    out += "ENDSEC;\r\nDATA;\r\n";
    return {};
}

std::string without_folders(std::string_view name, bool& changed) {
    constexpr std::string_view mark = "$$";
    std::string made;
    for (;;) {
        const std::size_t end = name.find(mark);
        std::string_view part = name.substr(0, end);
        const std::size_t last = part.find_last_of("\\/:");
        if (last != part.npos) {
            part.remove_prefix(last + 1);
            changed = true;
        }
        made += part;
        if (end == name.npos) return made;
        made += mark;
        name.remove_prefix(end + mark.size());
    }
}

} // namespace sekisho::sxf
