// RFC 8259, read and written in one pass.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::json {

class Rewriter {
public:
    static constexpr std::size_t deepest = 128;

    // `input` is UTF-8 without control characters; what escapes bring is counted in `counts`.
    Rewriter(std::string_view input, Sink& out, Budget& budget, text::Whole& counts)
        : m_in(input), m_sink(out), m_budget(budget), m_counts(counts) {}

    Result<> run();

private:
    struct Open {
        bool object = false;
        std::unordered_set<std::string> names;
    };

    Result<> value();
    Result<> after_value();
    Result<> open(char bracket);
    Result<> name();
    Result<> number();
    Result<> literal(std::string_view word);
    Result<std::string> string();
    Result<> escape(std::string& made);
    Result<char32_t> hex4();
    void quote(std::string_view text);
    void blanks();
    Result<> flush(std::size_t worth);

    bool at_end() const { return m_at == m_in.size(); }
    char peek() const { return at_end() ? '\0' : m_in[m_at]; }
    bool eat(char c);

    std::string_view m_in;
    std::size_t m_at = 0;
    Sink& m_sink;
    Budget& m_budget;
    text::Whole& m_counts;
    std::string m_out;
    std::vector<Open> m_open;
    bool m_value_next = true; // else: a comma or a closing bracket
};

} // namespace sekisho::json
