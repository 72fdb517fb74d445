#include "sanitizer/formats/dxf/survey.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/cad/nesting.h"
#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/dxf/walk.h"
#include "sanitizer/formats/text/text.h"

namespace sekisho::dxf {

namespace {

using cad::Coding;

// R10 to 2018.
constexpr std::array versions{std::string_view("AC1006"), std::string_view("AC1009"), std::string_view("AC1012"),
                              std::string_view("AC1014"), std::string_view("AC1015"), std::string_view("AC1018"),
                              std::string_view("AC1021"), std::string_view("AC1024"), std::string_view("AC1027"),
                              std::string_view("AC1032")};
constexpr std::string_view first_in_unicode = "AC1021";

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return made;
}

// Looks at the whole drawing without writing.
class Look final : public Walk {
public:
    Look(Reader reader, Context& context) : Walk(std::move(reader), context.budget()), m_limits(context.limits()) {}

    std::string version, code_page;
    Handles handles;
    cad::Nesting nesting;

private:
    Result<> section_begins(std::string_view) override { return {}; }
    Result<> section_ends() override {
        m_block = cad::Nesting::sheet;
        return {};
    }

    Result<> object_begins() override {
        m_has_handle = false;
        m_part.reset();
        m_times = {1, 1};
        if (kind() == "ENDBLK") m_block = cad::Nesting::sheet;
        if (rule().entity) nesting.add_object(m_block);
        return {};
    }

    Result<> object_ends() override {
        if (m_part && rule().entity) nesting.add_use(m_block, *m_part, m_times[0] * m_times[1]);
        return {};
    }

    Result<> group(const Group& group) override {
        if (section() == Section::header) return variable(group);
        if (section() == Section::other) return {};
        const bool style = kind() == "DIMSTYLE"; // there 5 was the name of a block up to R12
        if (group.code == (style ? 105 : 5) && !m_has_handle) return handle(group.text);
        if (section() != Section::blocks && section() != Section::entities) return {};
        if (kind() == "BLOCK" && group.code == 2) m_block = TRY(nesting.block(lower(group.text), m_limits));
        const bool draws = kind() == "INSERT" || kind().ends_with("DIMENSION");
        if (!draws || (group.code != 2 && group.code != 70 && group.code != 71)) return {};
        if (group.code == 2) m_part = TRY(nesting.block(lower(group.text), m_limits));
        if (group.code != 2 && kind() == "INSERT") return times(group);
        return {};
    }

    // Columns and rows of an insert.
    Result<> times(const Group& group) {
        const auto count = cad::integer_of(group.text);
        if (!count) return refuse(Reason::cad_damaged);
        m_times[group.code == 70 ? 0 : 1] = static_cast<double>(std::max<std::int64_t>(*count, 1));
        return {};
    }

    Result<> variable(const Group& group) {
        if (group.code == 9) m_variable = group.text;
        if (m_variable == "$ACADVER" && group.code == 1) version = group.text;
        if (m_variable == "$DWGCODEPAGE" && group.code == 3) code_page = lower(group.text);
        return {};
    }

    Result<> handle(std::string_view text) {
        const auto value = cad::handle_of(text);
        if (!value || *value == 0 || *value >> 63 != 0) return refuse(Reason::cad_damaged);
        m_has_handle = true;
        handles.add(*value, rule().kept);
        return {};
    }

    const Limits& m_limits;
    std::string m_variable;
    bool m_has_handle = false;
    std::uint32_t m_block = cad::Nesting::sheet;
    std::optional<std::uint32_t> m_part;
    std::array<double, 2> m_times{1, 1};
};

// What is declared, if all of it can be read so: the bytes then stay what they were. Else what it is: Japanese programs
// often declare nothing, or what AutoCAD had declared.
Result<Coding> coding_of(const Source& in, View file, std::optional<Coding> declared, Budget& budget) {
    if (declared && cad::decodes(as_text(file), *declared)) return *declared;
    const text::Detected found = TRY(text::detect_charset(in, budget));
    if (found.charset == text::Charset::cp932 || found.charset == text::Charset::ascii) return Coding::cp932;
    if (found.charset == text::Charset::utf8) return Coding::utf8;
    return refuse(Reason::text_charset);
}

std::optional<Coding> declared_by(std::string_view version, std::string_view code_page) {
    if (version >= first_in_unicode) return Coding::utf8;
    if (code_page == "ansi_932" || code_page == "dos932") return Coding::cp932;
    if (code_page == "ansi_1252") return Coding::cp1252;
    return std::nullopt;
}

Coding coding_for(Coding from, std::optional<Coding> declared, std::string_view version, bool names_a_page) {
    if (version >= first_in_unicode) return Coding::utf8;
    if (!names_a_page || from == declared || from == Coding::cp932) return from;
    return Coding::ascii;
}

} // namespace

void Handles::add(std::uint64_t handle, bool kept) {
    m_entries.push_back(handle << 1 | (kept ? 1U : 0U));
}

Result<> Handles::finish() {
    std::ranges::sort(m_entries);
    const auto same = [](std::uint64_t a, std::uint64_t b) { return a >> 1 == b >> 1; };
    if (std::ranges::adjacent_find(m_entries, same) != m_entries.end()) return refuse(Reason::cad_damaged);
    return {};
}

Handles::Is Handles::find(std::uint64_t handle) const {
    const auto found = std::ranges::lower_bound(m_entries, handle << 1);
    if (found == m_entries.end() || *found >> 1 != handle) return Is::nowhere;
    return (*found & 1) != 0 ? Is::kept : Is::dropped;
}

Result<Survey> survey(const Source& in, View file, Context& context) {
    Reader reader = TRY(Reader::of(file));
    const bool binary = reader.binary();
    Look look(std::move(reader), context);
    TRY(look.run());
    TRY(look.nesting.check(context.budget()));
    if (!look.version.empty() && std::ranges::find(versions, look.version) == versions.end())
        return refuse(Reason::cad_version);
    Survey made;
    made.handles = std::move(look.handles);
    TRY(made.handles.finish());
    const auto declared = declared_by(look.version, look.code_page);
    made.from = binary ? declared.value_or(Coding::cp932) : TRY(coding_of(in, file, declared, context.budget()));
    made.to = coding_for(made.from, declared, look.version, !look.code_page.empty());
    made.japanese = made.to == Coding::cp932 || declared == Coding::cp932;
    return made;
}

} // namespace sekisho::dxf
