// The background colours that a drawing's style sheets give to classes of page markup: Mermaid's labels have theirs so.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sekisho::svg {

class Backgrounds {
public:
    // Of a sheet that clean_sheet() wrote: rules ".name" and "#drawing .name"; others are passed over.
    void add_sheet(std::string_view clean_sheet);
    // The last of these classes that has one; empty if none has.
    std::string_view of(std::string_view classes) const;

private:
    std::map<std::string, std::string, std::less<>> m_colours;
};

// The colour that clean declarations paint behind the content; empty if there is none.
std::string_view background_in(std::string_view declarations);

} // namespace sekisho::svg
