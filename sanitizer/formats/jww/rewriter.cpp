#include "sanitizer/formats/jww/rewriter.h"

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/jww/layout.h"

namespace sekisho::jww {

namespace {

constexpr std::string_view sign = "JwwData.";
constexpr std::uint32_t oldest = 230, extended_since = 300, newest = 700;
constexpr std::uint32_t pictures_since = 700;
constexpr std::uint32_t most_objects = 2'000'000;

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
    struct Copy final : Fields {
        explicit Copy(Rewriter& of) : rewriter(of) {}
        Result<> number() override {
            TRY(rewriter.number());
            return {};
        }
        Result<> real() override { return rewriter.reals(1); }
        Result<> text() override {
            rewriter.put(TRY(rewriter.text()));
            return {};
        }
        Rewriter& rewriter;
    } copy(*this);
    for (const std::string_view part : {sheet, names, views, pens, extended, texts}) TRY(visit(part, m_version, copy));
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
