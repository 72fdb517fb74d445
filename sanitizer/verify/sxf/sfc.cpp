#include <array>
#include <charconv>
#include <new>
#include <string>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/sxf/lists.h"
#include "sanitizer/verify/sxf/scan.h"
#include "sanitizer/verify/sxf/sxf.h"

namespace sekisho::verify {

namespace {

using namespace exchange;

constexpr std::size_t most_features = 4'000'000;

// The bytes of a CP932 character; 0 for none.
std::size_t character(std::string_view text) {
    const auto lead = static_cast<std::uint8_t>(text[0]);
    if (lead < ' ' || lead == 0x7F || lead == 0x80 || lead == 0xA0 || lead > 0xFC) return 0;
    if (lead < 0x80 || (lead >= 0xA1 && lead <= 0xDF)) return 1;
    if (text.size() < 2) return 0;
    const auto trail = static_cast<std::uint8_t>(text[1]);
    return trail >= 0x40 && trail != 0x7F && trail <= 0xFC ? 2 : 0;
}

class Judge {
public:
    explicit Judge(std::string_view text) : m_scan{text} {}

    Result<> run() {
        TRY(header(m_scan));
        bool any = false;
        while (m_scan.take("/*")) {
            TRY(feature());
            any = true;
        }
        if (!any) return refuse(Reason::verify_sxf_shape);
        TRY(footer(m_scan));
        return check_unique(m_instances);
    }

private:
    Result<> feature() {
        std::string_view tag;
        for (const std::string_view known : {"SXF3.1", "SXF3", "SXF"})
            if (tag.empty() && m_scan.take(known)) tag = known;
        if (tag.empty() || !m_scan.take("\r\n")) return refuse(Reason::verify_sxf_shape);
        const auto instance = m_scan.instance();
        if (!instance || !m_scan.take(" = ")) return refuse(Reason::verify_sxf_shape);
        if (m_instances.size() == most_features) return refuse(Reason::limit_members);
        m_instances.push_back(*instance);
        const std::string_view kinds = parameters_of(m_scan.name());
        if (kinds.empty() || !m_scan.take("(")) return refuse(Reason::verify_sxf_feature);
        TRY(parameters(kinds));
        if (!m_scan.take(")\r\n") || !m_scan.take(tag) || !m_scan.take("*/\r\n"))
            return refuse(Reason::verify_sxf_shape);
        return {};
    }

    Result<> parameters(std::string_view kinds) {
        long last = 0;
        bool first = true;
        for (const char kind : kinds) {
            const long times = kind == 'h' ? last : 1;
            for (long i = 0; i < times; ++i) {
                if (!first && !m_scan.take(",")) return refuse(Reason::verify_sxf_shape);
                first = false;
                if (!parameter(kind, last)) return refuse(Reason::verify_sxf_value);
            }
        }
        return {};
    }

    bool parameter(char kind, long& last) {
        const std::string_view quote = m_scan.take("\\'") ? "\\'" : "'";
        if (quote.size() == 1 && !m_scan.take(quote)) return false;
        if (kind == 's' || kind == 'n') return words(quote, kind == 'n');
        if (kind == 'o' && m_scan.take(quote)) return true;
        if (kind == 'I' || kind == 'R' || kind == 'h') return list(kind) && m_scan.take(quote);
        if (kind == 'r') return m_scan.real('e') && m_scan.take(quote);
        std::from_chars(m_scan.text.data(), m_scan.text.data() + m_scan.text.size(), last);
        return m_scan.integer() && m_scan.take(quote);
    }

    bool list(char kind) {
        if (!m_scan.take("(")) return false;
        if (m_scan.take(")")) return kind != 'h';
        int count = 0;
        do {
            const bool whole = kind == 'I' || (kind == 'h' && count < 3);
            if (!(whole ? m_scan.integer() : m_scan.real('e'))) return false;
            ++count;
        } while (m_scan.take(","));
        return m_scan.take(")") && (kind != 'h' || count == 7);
    }

    bool words(std::string_view quote, bool figure) {
        const bool of_attribute = figure && m_scan.text.starts_with("$$ATR");
        while (!m_scan.text.empty() && !m_scan.text.starts_with(quote)) {
            const std::size_t size = character(m_scan.text);
            const char c = m_scan.text[0];
            if (size == 0 || c == '\'' || m_scan.text.starts_with("*/")) return false;
            if (of_attribute && size == 1 && (c == '\\' || c == '/' || c == ':')) return false;
            m_scan.text.remove_prefix(size);
        }
        return m_scan.take(quote);
    }

    Scan m_scan;
    std::vector<std::uint64_t> m_instances;
};

} // namespace

Result<> sfc(const Source& source, const Limits& limits) try {
    return Judge(as_text(TRY(source.whole(limits.bytes_out)))).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
