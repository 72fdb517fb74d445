// SFC: every feature stands in a comment "/*SXF ... SXF*/" (or SXF3, SXF3.1) of the data section.
#include <algorithm>
#include <new>
#include <unordered_map>
#include <vector>

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad/nesting.h"
#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/cad/words.h"
#include "sanitizer/formats/sxf/feature.h"
#include "sanitizer/formats/sxf/head.h"
#include "sanitizer/formats/sxf/sxf.h"

namespace sekisho::sxf {

namespace {

constexpr std::size_t piece = 256 * 1024;
constexpr std::size_t most_features = 4'000'000;
constexpr std::size_t longest_feature = 4 << 20;
constexpr std::int64_t most_patterns = 64;

const std::unordered_map<std::string_view, std::string_view>& features() {
    static const std::unordered_map<std::string_view, std::string_view> known{
#define FEATURE(name, parameters) {name, parameters},
#include "sanitizer/formats/sxf/features.def"
#undef FEATURE
    };
    return known;
}

class Rebuild {
public:
    explicit Rebuild(Job& job, cad::Words* words = nullptr) : m_job(job), m_context(job.context), m_words(words) {}

    Result<Type> run() {
        const View file = TRY(m_job.in.whole(m_context.limits().bytes_in));
        if (!cad::decodes(as_text(file), cad::Coding::cp932)) return refuse(Reason::text_charset);
        Lexer lexer(file);
        TRY(rewrite_head(lexer, m_out, m_context));
        if (lexer.comments()) m_context.found(Finding::cad_comment, Action::removed);
        for (;;) {
            TRY(m_context.budget().check_time());
            lexer.skip_white_space();
            if (!lexer.starts("/*")) break;
            TRY(comment(lexer));
            if (m_out.size() >= piece) TRY(flush());
        }
        TRY(lexer.take("ENDSEC"));
        TRY(lexer.take(";"));
        TRY(lexer.take("END-ISO-10303-21"));
        TRY(lexer.take(";"));
        lexer.skip_white_space();
        if (!lexer.at_end()) m_context.found(Finding::sxf_unknown, Action::removed);
        return finish();
    }

private:
    Result<Type> finish() {
        if (m_written == 0) return refuse(Reason::cad_empty);
        std::ranges::sort(m_instances);
        if (std::ranges::adjacent_find(m_instances) != m_instances.end()) return refuse(Reason::cad_damaged);
        gather(cad::Nesting::sheet);
        TRY(m_nesting.check(m_context.budget()));
        m_out += "ENDSEC;\r\nEND-ISO-10303-21;\r\n";
        TRY(flush());
        m_texts.note(m_context);
        return Type::sfc;
    }

    Result<> flush() {
        TRY(m_context.budget().take_unpacked(m_out.size()));
        TRY(m_job.out.write(std::string_view(m_out)));
        m_out.clear();
        return {};
    }

    Result<> comment(Lexer& lexer) {
        const std::size_t end = lexer.rest().substr(0, longest_feature).find("*/", 2);
        if (end == std::string_view::npos) return refuse(Reason::input_short);
        std::string_view text = lexer.rest().substr(2, end - 2);
        lexer.advance(end + 2);
        const std::string_view tag = take_tag(text);
        if (!tag.empty()) return feature(text, tag);
        m_context.found(Finding::cad_comment, Action::removed);
        return {};
    }

    Result<> feature(std::string_view text, std::string_view tag) {
        const Feature read = TRY(Feature::of(text));
        const std::string& name = read.name;
        const auto known = features().find(name);
        if (known == features().end()) {
            m_context.found(Finding::sxf_unknown, Action::removed);
            return {};
        }
        m_instances.push_back(read.number);
        if (m_instances.size() > most_features) return refuse(Reason::limit_members);
        const std::size_t start = m_out.size();
        m_out += "/*";
        m_out += tag;
        m_out += "\r\n#" + std::to_string(read.number) + " = " + name + "(";
        const auto parameters = TRY(parameters_of(read.parameters));
        TRY(values(parameters, known->second));
        collect(parameters, known->second);
        m_out += ")\r\n";
        m_out += tag;
        m_out += "*/\r\n";
        ++m_written;
        if (m_out.size() - start > longest_feature) return refuse(Reason::cad_damaged);
        return figure(name, parameters);
    }

    // What is drawn as text is followed by where, how large and how (7r2i), in texts, labels and dimensions alike.
    void collect(const std::vector<Parameter>& parameters, std::string_view kinds) {
        constexpr std::string_view drawn = "s7r2i";
        constexpr std::size_t from_end = 10;
        if (m_words && kinds.ends_with(drawn))
            m_words->add(m_texts.decoded(parameters[parameters.size() - from_end].value));
    }

    Result<> values(const std::vector<Parameter>& parameters, std::string_view kinds) {
        std::size_t at = 0;
        std::int64_t last = 0; // the integer that was read last
        std::int64_t times = 1;
        for (const char kind : kinds) {
            if (kind >= '1' && kind <= '9') {
                times = kind - '0';
                continue;
            }
            if (kind == 'h') times = last;
            if (times > most_patterns) return refuse(Reason::cad_damaged);
            for (; times > 0; --times) {
                if (at == parameters.size()) return refuse(Reason::cad_damaged);
                if (at > 0) m_out += ',';
                TRY(value(parameters[at++], kind, last));
            }
            times = 1;
        }
        return at == parameters.size() ? Result<>() : refuse(Reason::cad_damaged);
    }

    Result<> value(const Parameter& parameter, char kind, std::int64_t& last) {
        const std::string_view quote = parameter.escaped ? "\\'" : "'";
        m_out += quote;
        if (kind == 's' || kind == 'n')
            m_out += text(parameter.value, kind == 'n');
        else if (kind == 'I' || kind == 'R' || kind == 'h')
            TRY(list(parameter.value, kind));
        else if (!(kind == 'o' && trimmed(parameter.value).empty()))
            TRY(number(parameter.value, kind == 'r' ? 'r' : 'i', last));
        m_out += quote;
        return {};
    }

    Result<> number(std::string_view text, char kind, std::int64_t& last) {
        if (kind == 'r') {
            const auto value = cad::real_of(text);
            if (!value) return refuse(Reason::cad_damaged);
            cad::put_real(m_out, *value);
            return {};
        }
        const auto value = cad::integer_of(text);
        if (!value) return refuse(Reason::cad_damaged);
        last = *value;
        cad::put_integer(m_out, *value);
        return {};
    }

    // A pattern is colour, line type, width, then the start, spacing and angle.
    Result<> list(std::string_view text, char kind) {
        text = trimmed(text);
        if (text.size() < 2 || text.front() != '(' || text.back() != ')') return refuse(Reason::cad_damaged);
        text = text.substr(1, text.size() - 2);
        m_out += '(';
        std::int64_t ignored = 0;
        std::size_t count = 0;
        while (!trimmed(text).empty()) {
            const std::size_t end = std::min(text.find(','), text.size());
            if (count > 0) m_out += ',';
            TRY(number(text.substr(0, end), kind == 'I' || (kind == 'h' && count < 3) ? 'i' : 'r', ignored));
            ++count;
            if (end == text.size()) break;
            text.remove_prefix(end + 1);
            if (trimmed(text).empty()) return refuse(Reason::cad_damaged);
        }
        if (kind == 'h' && count != 7) return refuse(Reason::cad_damaged);
        m_out += ')';
        return {};
    }

    // A quote within text would end it for one reader and not for another; the end of a comment, too.
    std::string text(std::string_view bytes, bool figure) {
        const std::string given = m_texts.decoded(bytes);
        std::string words;
        bool changed = false;
        for (std::size_t i = 0; i < given.size(); ++i) {
            const bool quote = given[i] == '\'', end = std::string_view(given).substr(i).starts_with("*/");
            changed = changed || quote || end;
            if (quote || end)
                words += quote ? "\u2019" : "\uff0a";
            else
                words += given[i];
        }
        if (words.ends_with('\\')) { // before a closing quote it would be read as a part of it
            words.back() = ' ';
            changed = true;
        }
        if (changed) m_context.found(Finding::cad_text, Action::rewritten);
        bool external = false;
        if (figure && words.starts_with("$$ATR")) words = without_folders(words, external);
        if (external) m_context.found(Finding::sxf_external, Action::rewritten);
        return m_texts.encoded(words);
    }

    // A figure is made of what stands before its name and was not yet made a part of another.
    Result<> figure(std::string_view name, const std::vector<Parameter>& parameters) {
        if (name == "sfig_org_feature") {
            gather(TRY(m_nesting.block(parameters[0].value, m_context.limits())));
            return {};
        }
        ++m_loose;
        if (name == "sfig_locate_feature")
            m_uses.push_back(TRY(m_nesting.block(parameters[1].value, m_context.limits())));
        return {};
    }

    void gather(std::uint32_t figure) {
        for (std::uint64_t i = 0; i < m_loose; ++i) m_nesting.add_object(figure);
        for (const std::uint32_t part : m_uses) m_nesting.add_use(figure, part, 1);
        m_loose = 0;
        m_uses.clear();
    }

    Job& m_job;
    Context& m_context;
    cad::Words* m_words;
    std::string m_out;
    cad::Texts m_texts{cad::Coding::cp932, cad::Coding::cp932};
    std::vector<std::uint64_t> m_instances;
    std::uint64_t m_written = 0;
    cad::Nesting m_nesting;
    std::uint64_t m_loose = 0;
    std::vector<std::uint32_t> m_uses;
};

} // namespace

Result<Type> sfc(Job& job) try { return Rebuild(job).run(); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> sfc_text(Job& job) try {
    MemorySink drawing(job.context.limits().bytes_in_memory);
    Job first{job.in, drawing, job.type, job.context, job.name};
    cad::Words words;
    TRY(Rebuild(first, &words).run());
    return words.deliver(job);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::sxf
