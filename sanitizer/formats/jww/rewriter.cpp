#include "sanitizer/formats/jww/rewriter.h"

#include <charconv>

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/jww/layout.h"

namespace sekisho::jww {

namespace {

constexpr std::string_view sign = "JwwData.";
constexpr std::uint32_t oldest = 230, extended_since = 300, newest = 700;
constexpr std::uint32_t pictures_since = 700;
constexpr std::uint32_t most_objects = 2'000'000;

std::size_t take_number(std::string_view& text, std::size_t otherwise) {
    std::size_t value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// From after an opening bracket to its closing one, both taken off.
std::string_view take_inside(std::string_view& text) {
    std::size_t depth = 1, at = 0;
    for (; depth > 0; ++at) depth += (text[at] == '(' || text[at] == '[') - (text[at] == ')' || text[at] == ']');
    const std::string_view inside = text.substr(0, at - 1);
    text.remove_prefix(at);
    return inside;
}

} // namespace

Result<Bytes> Rewriter::run() {
    TRY(header());
    TRY(list(cad::Nesting::sheet));
    TRY(blocks());
    TRY(after_blocks());
    TRY(m_nesting.check(m_context.budget()));
    if (m_cleaned) m_context.found(Finding::cad_text, Action::removed);
    return m_out.out().take();
}

Result<> Rewriter::header() {
    if (as_text(TRY(m_in.in().bytes(sign.size()))) != sign) return refuse(Reason::cad_damaged);
    m_version = TRY(m_in.in().u32le());
    if (m_version != oldest && (m_version < extended_since || m_version > newest)) return refuse(Reason::cad_version);
    m_out.out().text(sign);
    m_out.out().u32le(m_version);
    put(TRY(text(true)));
    for (const std::string_view part : {sheet, names, views, pens, extended, texts}) TRY(fields(part));
    return {};
}

Result<> Rewriter::fields(std::string_view layout) {
    while (!layout.empty()) {
        if (layout[0] == '[') {
            layout.remove_prefix(1);
            std::string_view inside = take_inside(layout);
            const bool before = inside[0] == '<';
            if (before) inside.remove_prefix(1);
            const std::size_t version = take_number(inside, 0);
            if ((m_version < version) == before) TRY(fields(inside.substr(1)));
            continue;
        }
        const std::size_t times = take_number(layout, 1);
        const char kind = layout[0];
        layout.remove_prefix(1);
        const std::string_view inside = kind == '(' ? take_inside(layout) : std::string_view();
        for (std::size_t i = 0; i < times; ++i) {
            if (kind == '(')
                TRY(fields(inside));
            else if (kind == 'd')
                TRY(number());
            else if (kind == 'f')
                TRY(reals(1));
            else
                put(TRY(text()));
        }
    }
    return {};
}

Result<> Rewriter::list(std::uint32_t block) {
    bool escaped = false;
    const std::uint32_t count = TRY(m_in.count(escaped));
    if (count > most_objects) return refuse(Reason::limit_members);
    std::uint32_t kept = 0;
    m_out.begin();
    for (std::uint32_t i = 0; i < count; ++i) {
        TRY(m_context.budget().check_time());
        if (++m_objects > most_objects) return refuse(Reason::limit_members);
        const auto* of = TRY(m_in.object());
        m_out.begin();
        const bool stays = TRY(entity(of->name, block));
        const Bytes fields = m_out.end();
        if (!stays) continue;
        m_out.object(*of);
        m_out.out().raw(fields);
        m_nesting.add_object(block);
        ++kept;
    }
    const Bytes entities = m_out.end();
    m_out.count(kept, escaped);
    m_out.out().raw(entities);
    return {};
}

Result<> Rewriter::blocks() {
    bool escaped = false;
    const std::uint32_t count = TRY(m_in.count(escaped));
    m_out.count(count, escaped);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (++m_objects > most_objects) return refuse(Reason::limit_members);
        const auto* of = TRY(m_in.object());
        if (of->name != "CDataList") return refuse(Reason::cad_damaged);
        m_out.object(*of);
        TRY(block());
    }
    return {};
}

// CDataList: its number, whether it is used, when it was made, its name, and what it is made of.
Result<> Rewriter::block() {
    TRY(base());
    const std::uint32_t own = TRY(number());
    TRY(number());
    TRY(number());
    put(TRY(text()));
    return list(TRY(m_nesting.block(std::to_string(own), m_context.limits())));
}

// Pictures since 7.00, each with a name: how many, and then the files. Files of before end here.
Result<> Rewriter::after_blocks() {
    ByteReader& in = m_in.in();
    const bool holds_count = m_version >= pictures_since && in.remaining() >= 4;
    const std::uint32_t pictures = holds_count ? TRY(in.u32le()) : 0;
    if (pictures > 0)
        m_context.found(Finding::jww_picture, Action::removed);
    else if (!in.at_end())
        m_context.found(Finding::jww_trailing, Action::removed);
    if (m_version >= pictures_since) m_out.out().u32le(0);
    return {};
}

} // namespace sekisho::jww
