#include "base/text/json_check.h"

#include "base/text/utf8.h"

namespace sekisho {

namespace {

class Checker {
public:
    explicit Checker(std::string_view text) : m_rest(text) {}
    bool whole_object() {
        skip_space();
        if (!m_rest.starts_with('{') || !value(0)) return false;
        skip_space();
        return m_rest.empty();
    }

private:
    static constexpr unsigned deepest = 32;

    void skip_space() {
        const std::size_t at = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(at == std::string_view::npos ? m_rest.size() : at);
    }
    bool take(std::string_view token) {
        if (!m_rest.starts_with(token)) return false;
        m_rest.remove_prefix(token.size());
        return true;
    }
    bool value(unsigned depth) {
        skip_space();
        if (depth > deepest) return false;
        if (m_rest.starts_with('{')) return several('}', depth, true);
        if (m_rest.starts_with('[')) return several(']', depth, false);
        if (m_rest.starts_with('"')) return quoted();
        return take("true") || take("false") || take("null") || number();
    }
    bool several(char end, unsigned depth, bool named) {
        m_rest.remove_prefix(1);
        skip_space();
        if (take({&end, 1})) return true;
        for (;;) {
            if (named && !name()) return false;
            if (!value(depth + 1)) return false;
            skip_space();
            if (take({&end, 1})) return true;
            if (!take(",")) return false;
        }
    }
    bool name() {
        skip_space();
        if (!m_rest.starts_with('"') || !quoted()) return false;
        skip_space();
        return take(":");
    }
    bool quoted() {
        m_rest.remove_prefix(1);
        while (!m_rest.empty()) {
            if (take("\"")) return true;
            if (static_cast<unsigned char>(m_rest.front()) < 0x20) return false;
            if (m_rest.front() == '\\' ? !escaped() : !character()) return false;
        }
        return false;
    }
    bool character() {
        const std::size_t length = utf8_length(m_rest);
        m_rest.remove_prefix(length);
        return length > 0;
    }
    bool escaped() {
        m_rest.remove_prefix(1);
        if (m_rest.empty()) return false;
        const char kind = m_rest.front();
        m_rest.remove_prefix(1);
        if (kind != 'u') return std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos;
        if (m_rest.size() < 4) return false;
        const bool good = m_rest.substr(0, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        m_rest.remove_prefix(4);
        return good;
    }
    std::size_t digits() {
        std::size_t count = 0;
        while (count < m_rest.size() && m_rest[count] >= '0' && m_rest[count] <= '9') ++count;
        m_rest.remove_prefix(count);
        return count;
    }
    bool number() {
        take("-");
        const bool zero = m_rest.starts_with('0');
        const std::size_t whole = digits();
        if (whole == 0 || (zero && whole > 1)) return false;
        if (take(".") && digits() == 0) return false;
        if (!take("e") && !take("E")) return true;
        if (!take("+")) take("-");
        return digits() > 0;
    }

    std::string_view m_rest;
};

} // namespace

bool is_json_object(std::string_view text) {
    return Checker(text).whole_object();
}

} // namespace sekisho
