// libxml2 behind our types: one document, pushed in pieces. Nothing is loaded, nothing declared, nothing replaced.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

struct MarkupAttribute {
    std::string_view uri, name; // no URI: of no namespace
    std::string value;
};

struct MarkupDeclared {
    std::string_view prefix, uri; // no prefix: the default namespace
};

// Views live until the call returns; values may be moved away. An error ends the parse.
class MarkupHandler {
public:
    virtual ~MarkupHandler() = default;
    virtual Result<> start(std::string_view uri, std::string_view name, std::span<MarkupAttribute> attributes,
                           std::span<const MarkupDeclared> declared) = 0;
    virtual Result<> end() = 0;
    virtual Result<> text(std::string_view text) = 0;
};

// How every document of a format begins, and what is said of one that does not, that is not well-formed, or that has a
// document type, a processing instruction, a comment or a CDATA section.
struct MarkupForm {
    std::string_view declaration;
    Reason not_so;
};

class MarkupReader final : public Sink {
public:
    MarkupReader(MarkupHandler& handler, MarkupForm form);
    MarkupReader(const MarkupReader&) = delete;
    MarkupReader& operator=(const MarkupReader&) = delete;
    ~MarkupReader() override;

    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::verify
