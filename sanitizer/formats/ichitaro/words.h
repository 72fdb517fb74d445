// What is text among the units of a document.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::ichitaro {

struct Words {
    std::string utf8;
    bool unknown = false; // something was left out that is not understood
};

Words words_of(std::u16string_view units);

} // namespace sekisho::ichitaro
