// The one place that writes markup.
#pragma once

#include <string>
#include <string_view>

#include "base/stream/stream.h"

namespace sekisho::svg {

// Characters that XML 1.0 does not have are left out.
std::string escaped(std::string_view text, bool in_attribute);

class Output {
public:
    explicit Output(Sink& out) : m_out(out) {}
    void declaration();
    void start(std::string_view name);
    void attribute(std::string_view name, std::string_view value); // only behind start()
    void characters(std::string_view text);
    void end(std::string_view name);
    void line(); // a line break between elements
    // Hands on what has been collected, once there is enough of it or if it is the end.
    Result<> flush(bool last);

private:
    void close();

    Sink& m_out;
    std::string m_buffer;
    bool m_open = false; // a start tag without its bracket
};

} // namespace sekisho::svg
