// Where drawing a page looks for fonts that the page does not carry. Nothing here is secret or changes with a file.
#pragma once

#include <array>
#include <string_view>

namespace sekisho::worker {

inline constexpr std::array<std::string_view, 5> font_folders{"/usr/share/fonts", "/usr/share/poppler", "/etc/fonts",
                                                              "/usr/share/fontconfig", "/var/cache/fontconfig"};

} // namespace sekisho::worker
