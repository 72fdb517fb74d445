// Options in the words that the journal, the audit log and the receipt keep: of years, so by name.
#pragma once

#include <string>
#include <string_view>

#include "sanitizer/core/options.h"

namespace sekisho {

// "attachments=keep forms=keep": what is not the strictest. Empty: all is.
std::string to_text(const Options& options);
// What a later or earlier version wrote and this one does not know stays strict.
Options options_of_text(std::string_view text);

// Of each choice the strictest.
Options stricter(const Options& a, const Options& b);

// {"attachments":"keep","forms":"draw"}: every choice with the word that holds.
void write_options(auto& json, const Options& options) {
    json.begin_object();
    for (const OptionChoice& choice : all_choices())
        json.member(choice.name, options.*(choice.chosen) ? choice.kept : choice.strict);
    json.end_object();
}

} // namespace sekisho
