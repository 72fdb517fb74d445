#include "gateway/protocol/choices.h"

#include <algorithm>

namespace sekisho {

std::string to_text(const Options& options) {
    std::string text;
    for (const OptionChoice& choice : all_choices()) {
        if (!(options.*(choice.chosen))) continue;
        if (!text.empty()) text += ' ';
        ((text += choice.name) += '=') += choice.kept;
    }
    return text;
}

Options options_of_text(std::string_view text) {
    Options options;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        const std::size_t equals = word.find('=');
        if (equals != std::string_view::npos)
            static_cast<void>(choose(options, word.substr(0, equals), word.substr(equals + 1)));
    }
    return options;
}

Options stricter(const Options& a, const Options& b) {
    Options both;
    for (const OptionChoice& choice : all_choices()) both.*(choice.chosen) = a.*(choice.chosen) && b.*(choice.chosen);
    return both;
}

} // namespace sekisho
