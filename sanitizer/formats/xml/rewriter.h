// One document through expat into markup of our own making.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/text/whole.h"

struct XML_ParserStruct;

namespace sekisho::xml {

class Rewriter {
public:
    static constexpr std::size_t deepest = 512;

    Rewriter(Context& context, Sink& out, text::Whole& counts);
    Rewriter(const Rewriter&) = delete;
    Rewriter& operator=(const Rewriter&) = delete;
    ~Rewriter();

    Result<> run(std::string_view document);

private:
    struct Callbacks;
    void start(std::string_view name, const char** attributes);
    void attribute(std::string_view name, std::string_view value);
    void end(std::string_view name);
    void characters(std::string_view text);
    void comment(std::string_view text);
    void close_tag();
    void escaped(std::string_view text, bool in_attribute);
    std::string cleaned(std::string_view text);
    void stop(Error error);
    Result<> flush(std::size_t worth);

    Context& m_context;
    Sink& m_sink;
    text::Whole& m_counts;
    XML_ParserStruct* m_parser;
    std::string m_out;
    std::size_t m_depth = 0;
    bool m_tag_open = false;
    bool m_failed = false;
    Error m_error;
};

} // namespace sekisho::xml
