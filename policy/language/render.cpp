#include "policy/language/diagnostic.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::uint32_t line_cells_max = 120; // of a source line; of a longer one, the part around the caret
constexpr std::uint32_t cells_before_caret = 60;

struct Cells {
    std::uint32_t begin = 0; // both count from 0
    std::uint32_t end = 0;
};

// The part of the line that lies in a window of cells, tabs as spaces, hazards as U+FFFD.
std::string drawn(std::string_view line, Cells window) {
    std::string out;
    std::uint32_t cell = 0;
    for (std::size_t at = 0; at < line.size() && cell < window.end;) {
        const Character character = character_at(line, at);
        const bool tab = character.code == U'\t';
        const std::uint32_t width = tab ? tab_cells - cell % tab_cells : cells_of(character.code);
        const bool inside = cell >= window.begin && cell + width <= window.end;
        if (inside) out += tab ? std::string(width, ' ') : visible(line.substr(at, character.size));
        cell += width;
        at += character.size;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

Cells cells_of_span(const Source& source, Span at) {
    const std::uint32_t begin = source.position(at.begin).column - 1;
    const bool one_line = source.line_of(at.end) == source.line_of(at.begin);
    const auto& line = source.line(source.line_of(at.begin));
    const auto line_end = source.line_begin(source.line_of(at.begin)) + static_cast<std::uint32_t>(line.size());
    const std::uint32_t end = source.position(one_line ? std::min(at.end, line_end) : line_end).column - 1;
    return {begin, std::max(end, begin + 1)};
}

std::string excerpt(const Source& source, Span at) {
    const std::uint32_t number = source.line_of(at.begin);
    const Cells marked = cells_of_span(source, at);
    const std::uint32_t left = marked.begin > line_cells_max - 20 ? marked.begin - cells_before_caret : 0;
    const Cells window{left, left + line_cells_max};
    // A wide character that the window cuts in half is not drawn: its cell keeps the caret in place.
    std::string text = drawn(source.line(number), window);
    const auto line_end = source.line_begin(number) + static_cast<std::uint32_t>(source.line(number).size());
    if (source.position(line_end).column - 1 > window.end) text += " …";
    const std::string carets(std::min(marked.end, window.end) - marked.begin, '^');
    const std::string gutter = fmt::format("{:>5} | ", number);
    const std::string_view mark = left == 0 ? "" : "… ";
    const std::size_t indent = marked.begin - left + (left == 0 ? 0 : 2);
    return fmt::format("{}{}{}\n      | {}{}\n", gutter, mark, text, std::string(indent, ' '), carets);
}

std::string place(const Source& source, Span at) {
    const Position position = source.position(at.begin);
    return fmt::format("{}:{}:{}", source.name(), position.line, position.column);
}

// The files of a policy, each cut into lines once and only if something is shown of it.
class Files {
public:
    explicit Files(const Sources& sources) : m_sources(sources), m_files(sources.size()) {}
    const Source& operator[](Span at) {
        const std::size_t index = at.file < m_files.size() ? at.file : 0;
        std::optional<Source>& file = m_files[index];
        if (!file) file.emplace(m_sources[index].name, m_sources[index].text, static_cast<std::uint16_t>(index));
        return *file;
    }

private:
    const Sources& m_sources;
    std::vector<std::optional<Source>> m_files;
};

template <typename SourceOf> std::string shown(const Diagnostic& diagnostic, SourceOf source_of, Language language) {
    const Source& source = source_of(diagnostic.at);
    std::string out = fmt::format("{}: {} {}: {}\n", place(source, diagnostic.at), text_of(Phrase::error, language),
                                  row_of(diagnostic.problem).code, message_of(diagnostic, language));
    out += excerpt(source, diagnostic.at);
    const std::string help = help_of(diagnostic, language);
    if (!help.empty()) out += fmt::format("      = {}: {}\n", text_of(Phrase::help, language), help);
    if (diagnostic.note) {
        const Source& other = source_of(diagnostic.note->at);
        out += fmt::format("      = {}: {}: {}\n", text_of(Phrase::note, language), place(other, diagnostic.note->at),
                           text_of(diagnostic.note->text, language));
        out += excerpt(other, diagnostic.note->at);
    }
    return out;
}

} // namespace

std::string render(const Diagnostic& diagnostic, const Source& source, Language language) {
    return shown(
        diagnostic, [&](Span) -> const Source& { return source; }, language);
}

std::string render(std::span<const Diagnostic> diagnostics, const Source& source, Language language) {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics) out += render(diagnostic, source, language);
    return out;
}

std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, Language language) {
    if (sources.empty()) return {};
    Files files(sources);
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics)
        out += shown(
            diagnostic, [&](Span at) -> const Source& { return files[at]; }, language);
    return out;
}

} // namespace sekisho::policy
