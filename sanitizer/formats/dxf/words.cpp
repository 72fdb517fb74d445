#include "sanitizer/formats/dxf/words.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/cad/coding.h"

namespace sekisho::dxf {

namespace {

// Which objects hold words, and whether those are in MTEXT's code. Group 1 is the text or its end, 3 what comes before.
struct Row {
    std::string_view kind;
    bool formatted;
};
constexpr std::array rows{
    Row{"TEXT", false},     Row{"ATTRIB", false},       Row{"ATTDEF", false},   Row{"MTEXT", true},
    Row{"DIMENSION", true}, Row{"ARC_DIMENSION", true}, Row{"TOLERANCE", true}, Row{"LARGE_RADIAL_DIMENSION", true},
};

class Collector final : public Walk {
public:
    Collector(Reader reader, Budget& budget, cad::Coding coding, cad::Words& into)
        : Walk(std::move(reader), budget), m_texts(coding, coding), m_into(into) {}

private:
    Result<> section_begins(std::string_view) override { return {}; }
    Result<> section_ends() override { return {}; }
    Result<> object_begins() override {
        m_words.clear();
        const bool drawn = section() == Section::blocks || section() == Section::entities;
        const auto row = std::ranges::find(rows, kind(), &Row::kind);
        m_row = drawn && row != rows.end() ? &*row : nullptr;
        return {};
    }
    Result<> group(const Group& group) override {
        if (!m_row) return {};
        // Of a dimension and an attribute, 3 is the name of a style and a question.
        const bool part = group.code == 3 && kind() == "MTEXT";
        if (group.code == 1 || part) m_words += m_texts.decoded(group.text);
        return {};
    }
    Result<> object_ends() override {
        // "<>": the measure itself, which a program computes.
        if (m_row && m_words != "<>") m_into.add(m_row->formatted ? plain_mtext(m_words) : m_words);
        return {};
    }

    cad::Texts m_texts;
    cad::Words& m_into;
    const Row* m_row = nullptr;
    std::string m_words;
};

} // namespace

std::string plain_mtext(std::string_view code) {
    constexpr std::string_view until_semicolon = "ACFHQTWfcp", without_value = "LlOoKkNX";
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '{' || code[i] == '}') continue;
        if (code[i] != '\\' || i + 1 == code.size()) {
            out += code[i];
            continue;
        }
        const char what = code[++i];
        if (what == 'P') {
            out += '\n';
        } else if (what == '~') {
            out += ' ';
        } else if (what == 'S') { // stacked: "1^2;", "1#2;", "1/2;"
            const std::size_t end = std::min(code.find(';', i), code.size());
            for (const char c : code.substr(i + 1, end - i - 1)) out += c == '^' || c == '#' ? '/' : c;
            i = end;
        } else if (until_semicolon.find(what) != until_semicolon.npos) {
            i = std::min(code.find(';', i), code.size());
        } else if (what == '\\' || what == '{' || what == '}') {
            out += what;
        } else if (without_value.find(what) == without_value.npos) {
            out += '\\'; // no code of this list: as it stands
            out += what;
        }
    }
    return out;
}

Result<> collect_words(View file, cad::Coding coding, Context& context, cad::Words& into) {
    return Collector(TRY(Reader::of(file)), context.budget(), coding, into).run();
}

} // namespace sekisho::dxf
