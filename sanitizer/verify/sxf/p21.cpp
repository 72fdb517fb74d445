#include <algorithm>
#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/sxf/lists.h"
#include "sanitizer/verify/sxf/scan.h"
#include "sanitizer/verify/sxf/sxf.h"

namespace sekisho::verify {

namespace {

using namespace exchange;

constexpr std::size_t most_numbers = 14'000'000;
constexpr int deepest = 20;

class Judge {
public:
    explicit Judge(std::string_view text) : m_scan{text} {}

    Result<> run() {
        TRY(header(m_scan));
        while (m_scan.text.starts_with('#')) TRY(instance());
        if (m_instances.empty()) return refuse(Reason::verify_sxf_shape);
        TRY(footer(m_scan));
        TRY(check_unique(m_instances));
        for (const std::uint64_t reference : m_references)
            if (!std::ranges::binary_search(m_instances, reference)) return refuse(Reason::verify_sxf_reference);
        return {};
    }

private:
    Result<> instance() {
        const auto number = m_scan.instance();
        if (!number || !m_scan.take("=")) return refuse(Reason::verify_sxf_shape);
        if (m_instances.size() + m_references.size() > most_numbers) return refuse(Reason::limit_members);
        m_instances.push_back(*number);
        const bool complex = m_scan.take("(");
        do {
            const std::string_view entity = m_scan.name();
            if (!is_entity(entity)) return refuse(Reason::verify_sxf_feature);
            m_external = entity.starts_with("EXTERNAL");
            if (!m_scan.take("(") || !list(0)) return refuse(Reason::verify_sxf_value);
        } while (complex && !m_scan.text.starts_with(')'));
        if ((complex && !m_scan.take(")")) || !m_scan.take(";\r\n")) return refuse(Reason::verify_sxf_shape);
        return {};
    }

    // After the opening bracket.
    bool list(int depth) {
        if (depth > deepest) return false;
        if (m_scan.take(")")) return true;
        do {
            if (!value(depth)) return false;
        } while (m_scan.take(","));
        return m_scan.take(")");
    }

    bool value(int depth) {
        if (m_scan.take("$") || m_scan.take("*")) return true;
        if (m_scan.take("(")) return list(depth + 1);
        if (m_scan.text.starts_with('\'')) return m_scan.string(m_external);
        if (m_scan.take(".")) return !m_scan.name().empty() && m_scan.take(".");
        if (m_scan.text.starts_with('#')) {
            const auto number = m_scan.instance();
            if (number) m_references.push_back(*number);
            return number.has_value() && m_references.size() <= most_numbers;
        }
        if (!m_scan.text.empty() && m_scan.text[0] >= 'A' && m_scan.text[0] <= 'Z')
            return !m_scan.name().empty() && m_scan.take("(") && list(depth + 1);
        return m_scan.number();
    }

    Scan m_scan;
    bool m_external = false;
    std::vector<std::uint64_t> m_instances, m_references;
};

} // namespace

Result<> p21(const Source& source, const Limits& limits) try {
    return Judge(as_text(TRY(source.whole(limits.bytes_out)))).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
