// Content streams (ISO 32000-1, 7.8.2): tokenised and written anew operator by operator, from a list of operators with
// their operands. What is not on the list is left out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/pdf/lexer.h"

namespace sekisho::pdf {

// What a content stream's operators need to know of its resources.
class ContentHost {
public:
    virtual ~ContentHost() = default;
    // Components of a named colour space of the resources; 0 if unknown.
    virtual int components(std::string_view color_space) = 0;
    // True if the name stands for optional content.
    virtual bool is_layer(std::string_view property) = 0;
    // The content draws with this entry of a resource category; `name` is spelled, with the slash.
    virtual void uses(std::string_view category, std::string_view name) = 0;
    // Whether marks of the structure tree (MCID) stay, and the mark that a named property list holds.
    virtual bool keeps_marks() const { return false; }
    virtual std::optional<std::int64_t> mark_of(std::string_view) { return std::nullopt; }
    // Told of every operator that is written, with its numbers and the name that it takes, if `watches()`.
    virtual bool watches() const { return false; }
    virtual void drew(std::string_view, std::span<const double>, std::string_view) {}
};

Result<std::string> rewrite_content(View content, ContentHost& host, Context& context);

// Reads one image from "BI" on (just read) to "EI" and appends it with hexadecimal data, in which no reader can find an
// early "EI". Appends nothing, with a finding, if it cannot be decoded.
Result<> rewrite_inline_image(Lexer& lexer, std::string& out, ContentHost& host, Context& context);

} // namespace sekisho::pdf
