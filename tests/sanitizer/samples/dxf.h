// DXF drawings written by hand.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace sekisho::tests::dxf_sample {

// "code value" a line; what follows the first blank is the value.
inline std::string groups(std::string_view lines) {
    std::string made;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const std::size_t blank = std::min(line.find(' '), line.size());
        const std::string code(line.substr(0, blank));
        made += std::string(code.size() < 3 ? 3 - code.size() : 0, ' ') + code + "\r\n";
        made += std::string(line.substr(std::min(blank + 1, line.size()))) + "\r\n";
    }
    return made;
}

inline std::string section(std::string_view name, std::string_view lines) {
    return groups("0 SECTION\n2 " + std::string(name)) + groups(lines) + groups("0 ENDSEC");
}
inline std::string header(std::string_view version, std::string_view more = {}) {
    return section("HEADER", "9 $ACADVER\n1 " + std::string(version) + "\n" + std::string(more));
}
inline std::string entities(std::string_view lines) {
    return section("ENTITIES", lines);
}
inline std::string drawing(std::string_view lines) {
    return header("AC1015") + entities(lines) + groups("0 EOF");
}
inline const std::string line = "0 LINE\n5 2A\n100 AcDbEntity\n8 0\n100 AcDbLine\n10 0.0\n20 0.1\n11 100.5\n21 -7.25";

} // namespace sekisho::tests::dxf_sample
