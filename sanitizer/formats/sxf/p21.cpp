// P21: instances of AP202, in two passes over the same grammar: the first learns which stay, the second writes them.
#include <algorithm>
#include <new>
#include <unordered_set>

#include "sanitizer/formats/cad/words.h"
#include "sanitizer/formats/sxf/graph.h"
#include "sanitizer/formats/sxf/head.h"
#include "sanitizer/formats/sxf/sxf.h"

namespace sekisho::sxf {

namespace {

constexpr std::size_t piece = 256 * 1024;
constexpr int deepest = 16;

const std::unordered_set<std::string_view>& entities() {
    static const std::unordered_set<std::string_view> known{
#include "sanitizer/formats/sxf/entities.def"
    };
    return known;
}

// What draws a figure once more.
bool multiplies(std::string_view entity) {
    return entity == "MAPPED_ITEM" || entity == "ANNOTATION_SYMBOL" || entity == "ANNOTATION_TEXT";
}

class Pass {
public:
    // Writes if `out` is there.
    Pass(View file, Job& job, Graph& graph, bool writes, cad::Words* words = nullptr)
        : m_lexer(file), m_job(job), m_context(job.context), m_graph(graph), m_writes(writes), m_words(words) {}

    Result<> run() {
        TRY(head());
        while (!m_lexer.starts("ENDSEC")) {
            TRY(m_context.budget().check_time());
            TRY(instance());
            if (m_writes && m_out.size() >= piece) TRY(flush());
            if (!m_writes) m_out.clear();
            m_lexer.skip();
        }
        TRY(m_lexer.take("ENDSEC"));
        TRY(m_lexer.take(";"));
        TRY(m_lexer.take("END-ISO-10303-21"));
        TRY(m_lexer.take(";"));
        m_out += "ENDSEC;\r\nEND-ISO-10303-21;\r\n";
        return m_writes ? finish() : Result<>();
    }
    std::uint64_t kept() const { return m_kept; }

private:
    Result<> head() {
        if (m_writes) {
            TRY(rewrite_head(m_lexer, m_out, m_context));
        } else { // findings are noted once
            Budget budget(m_context.limits());
            Report report;
            Context ignored(m_context.level(), budget, report, nullptr);
            TRY(rewrite_head(m_lexer, m_out, ignored));
        }
        m_lexer.skip();
        return {};
    }

    Result<> finish() {
        m_lexer.skip();
        if (!m_lexer.at_end()) m_context.found(Finding::sxf_unknown, Action::removed);
        if (m_lexer.comments()) m_context.found(Finding::cad_comment, Action::removed);
        if (m_lexer.converted()) m_context.found(Finding::cad_charset, Action::rewritten);
        if (m_lexer.cleaned()) m_context.found(Finding::cad_text, Action::removed);
        return flush();
    }

    Result<> flush() {
        TRY(m_context.budget().take_unpacked(m_out.size()));
        TRY(m_job.out.write(std::string_view(m_out)));
        m_out.clear();
        return {};
    }

    // "#1=LINE('',#2,#3);" or "#1=(LENGTH_UNIT()NAMED_UNIT(*));"
    Result<> instance() {
        const std::uint64_t number = TRY(m_lexer.instance());
        TRY(m_lexer.take("="));
        const std::size_t start = m_out.size();
        m_out += '#' + std::to_string(number) + '=';
        const bool complex = m_lexer.take_if('(');
        // What an instance is made of is known only at the end of a complex one, so it is read ahead.
        const bool good = TRY(known(complex));
        if (!m_writes) TRY(m_graph.add(number, good, m_multiplies));
        m_good = good;
        m_complex = complex;
        if (complex) m_out += '(';
        do {
            TRY(record());
            m_lexer.skip();
        } while (complex && m_lexer.peek() != ')');
        if (complex) {
            TRY(m_lexer.take(")"));
            m_out += ')';
        }
        TRY(m_lexer.take(";"));
        m_out += ";\r\n";
        m_kept += good;
        if (good) return {};
        m_out.resize(start);
        if (m_writes) m_context.found(Finding::sxf_unknown, Action::removed);
        return {};
    }

    Result<bool> known(bool complex) {
        Lexer ahead = m_lexer;
        bool good = true;
        m_multiplies = false;
        do {
            const std::string_view entity = TRY(ahead.keyword());
            good = good && entities().contains(entity);
            m_multiplies = m_multiplies || multiplies(entity);
            if (!complex) break;
            TRY(skip_parameters(ahead));
            ahead.skip();
        } while (ahead.peek() != ')');
        return good;
    }

    static Result<> skip_parameters(Lexer& ahead) {
        TRY(ahead.take("("));
        for (int depth = 1; depth > 0;) {
            ahead.skip();
            const char c = ahead.peek();
            if (c == '\0') return refuse(Reason::input_short);
            if (c == '\'') {
                TRY(ahead.string());
                continue;
            }
            depth += (c == '(') - (c == ')');
            ahead.advance(1);
        }
        return {};
    }

    Result<> record() {
        const std::string_view entity = TRY(m_lexer.keyword());
        m_external = entity.starts_with("EXTERNAL");
        m_strings = 0;
        m_literal = entity.starts_with("TEXT_LITERAL") || entity == "DRAUGHTING_TEXT_LITERAL_WITH_DELINEATION";
        m_out += entity;
        TRY(m_lexer.take("("));
        return list(0);
    }

    // The opening bracket is read. References to what goes are left out of lists.
    Result<> list(int depth) {
        if (depth > deepest) return refuse(Reason::limit_depth);
        m_out += '(';
        bool first = true;
        if (!m_lexer.take_if(')')) {
            do {
                const std::size_t start = m_out.size();
                if (!first) m_out += ',';
                if (TRY(parameter(depth)))
                    first = false;
                else
                    m_out.resize(start);
            } while (m_lexer.take_if(','));
            TRY(m_lexer.take(")"));
        }
        m_out += ')';
        return {};
    }

    Result<bool> parameter(int depth) {
        m_lexer.skip();
        const char c = m_lexer.peek();
        if (c == '#') return reference(depth);
        if (c == '$' || c == '*') {
            m_out += c;
            m_lexer.advance(1);
        } else if (c == '\'') {
            TRY(string());
        } else if (c == '.') {
            TRY(enumeration());
        } else if (c == '(') {
            m_lexer.advance(1);
            TRY(list(depth + 1));
        } else if (c >= 'A' && c <= 'Z') { // a value with its type
            m_out += TRY(m_lexer.keyword());
            TRY(m_lexer.take("("));
            TRY(list(depth + 1));
        } else if (!put_number(m_out, TRY(m_lexer.number()))) {
            return refuse(Reason::cad_damaged);
        }
        return true;
    }

    Result<bool> reference(int depth) {
        const std::uint64_t number = TRY(m_lexer.instance());
        m_out += '#' + std::to_string(number);
        if (!m_writes) {
            TRY(m_graph.refer(number));
            return true;
        }
        if (!m_good || m_graph.is_kept(number)) return true;
        if (depth == 0) return refuse(Reason::cad_damaged); // it would lack a part that it needs
        m_context.found(Finding::sxf_unknown, Action::removed);
        return false;
    }

    Result<> string() {
        std::string words = TRY(m_lexer.string());
        bool changed = false;
        if (m_external || words.starts_with("$$ATR")) words = without_folders(words, changed);
        if (changed && m_writes) m_context.found(Finding::sxf_external, Action::rewritten);
        // TEXT_LITERAL(name, literal, ...); in an instance of several entities the name is another one's.
        if (m_words && m_good && m_literal && m_strings++ == (m_complex ? 0 : 1)) m_words->add(words);
        put_string(m_out, words);
        return {};
    }

    Result<> enumeration() {
        TRY(m_lexer.take("."));
        m_out += '.';
        m_out += TRY(m_lexer.keyword());
        TRY(m_lexer.take("."));
        m_out += '.';
        return {};
    }

    Lexer m_lexer;
    Job& m_job;
    Context& m_context;
    Graph& m_graph;
    bool m_writes;
    cad::Words* m_words;
    std::string m_out;
    bool m_good = true, m_multiplies = false, m_external = false; // of the instance at hand
    bool m_complex = false, m_literal = false;
    int m_strings = 0;
    std::uint64_t m_kept = 0;
};

Result<Type> run(Job& job, cad::Words* words = nullptr) {
    const View file = TRY(job.in.whole(job.context.limits().bytes_in));
    Graph graph;
    Pass first(file, job, graph, false);
    TRY(first.run());
    if (first.kept() == 0) return refuse(Reason::cad_empty);
    TRY(graph.check(job.context.budget()));
    TRY(Pass(file, job, graph, true, words).run());
    return Type::p21;
}

} // namespace

Result<Type> p21(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> p21_text(Job& job) try {
    MemorySink drawing(job.context.limits().bytes_in_memory);
    Job first{job.in, drawing, job.type, job.context, job.name};
    cad::Words words;
    TRY(run(first, &words));
    return words.deliver(job);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::sxf
