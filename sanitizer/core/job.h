// What a format is given to work with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/core/options.h"
#include "sanitizer/core/report.h"

namespace sekisho {

struct Job;
struct Conversion;
class Converter;

// Detects, dispatches and sanitises a file; returns the type that was written to `out`.
// `name` is only a hint between kinds of plain text (csv or txt), never a statement of type.
using SanitizeNested = Result<Type> (*)(const Source& in, Sink& out, std::string_view name, class Context& context);

// Carries the budget, the report and the place within nested files.
class Context {
public:
    Context(Level level, Budget& budget, Report& report, SanitizeNested nested)
        : m_level(level), m_budget(budget), m_report(report), m_nested(nested) {}

    // Given once for a job and everything nested in it: passwords as the sender wrote them (UTF-8; never recorded), and
    // the sizes of the parts that were joined into the file that was sent.
    void give(std::vector<std::string> passwords, std::vector<std::uint64_t> parts);
    const std::vector<std::string>& passwords() const { return m_passwords; }
    // Empty for a file that came in one piece, and for files inside of another.
    std::span<const std::uint64_t> parts() const;

    // Given once, as above. The strictest if never called.
    void choose(const Options& options) { m_options = options; }
    const Options& options() const { return m_options; }
    bool is_inside() const { return m_depth > 0; } // the file at hand lies in another one
    // Who converts documents for this job and everything nested in it; without one, convert() refuses.
    void use(Converter& converter) { m_converter = &converter; }
    // Refuses Reason::convert_*; what is written to `out` is as hostile as `in`.
    Result<> convert(const Source& in, Sink& out, const Conversion& conversion);

    Level level() const { return m_level; }
    Budget& budget() { return m_budget; }
    const Limits& limits() const { return m_budget.limits(); }

    // Records a finding here, or one step further in.
    void found(Finding finding, Action action);
    void found(Finding finding, Action action, Place place, std::uint32_t number);
    void found(Finding finding, Action action, std::string detail); // of detail_of()

    // While it lives, findings are recorded under this step. Steps beyond the fourth are not shown.
    class Entered {
    public:
        Entered(Context& context, Place place, std::uint32_t number);
        Entered(const Entered&) = delete;
        Entered& operator=(const Entered&) = delete;
        ~Entered();

    private:
        Context& m_context;
        Path m_before;
    };
    Entered enter(Place place, std::uint32_t number) { return Entered(*this, place, number); }

    // While it lives, the file at hand is `in`, of that kind: files inside of it then count as an archive's, or do not.
    class File {
    public:
        File(Context& context, const Source& in, bool is_archive);
        File(const File&) = delete;
        File& operator=(const File&) = delete;
        ~File();

    private:
        Context& m_context;
        bool m_is_archive;
        bool m_before;
    };

    // While it lives, what is done is a step on the way to what is delivered: at a level of its own, and with findings
    // that are told only if they speak of what the sender wrote.
    class Step {
    public:
        Step(Context& context, Level level, bool is_told);
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step();

    private:
        Context& m_context;
        Level m_level_before;
        bool m_told_before;
    };

    // Sanitises a file inside this one by the same rules; counts depth and member. Refuses Reason::limit_depth, and
    // archive_repeats for an archive that is around itself.
    Result<Type> sanitize_nested(const Source& in, Sink& out, std::string_view name);

private:
    Result<bool> is_around_itself(const Source& in);

    Level m_level;
    Budget& m_budget;
    Report& m_report;
    SanitizeNested m_nested;
    Converter* m_converter = nullptr;
    Path m_path;
    std::uint32_t m_depth = 0;
    std::vector<const Source*> m_archives; // around the file at hand, itself included
    bool m_is_archive = false;             // the file at hand
    bool m_is_told = true;
    std::vector<std::string> m_passwords;
    std::vector<std::uint64_t> m_parts;
    Options m_options;
};

struct Job {
    const Source& in;
    Sink& out;
    Type type; // as detected
    Context& context;
    std::string_view name = {}; // a hint, as above
};

} // namespace sekisho
