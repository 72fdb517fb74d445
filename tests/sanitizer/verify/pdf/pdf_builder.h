// Writes small PDFs by hand, sound except for what a test puts in.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// Objects by number. A fresh one is a sound file: 1 catalog, 2 pages, 3 page, 4 content, 5 font.
class PdfBuilder {
public:
    PdfBuilder();

    PdfBuilder& object(int number, std::string body);
    PdfBuilder& stream(int number, const std::string& keys, const std::string& data);
    // Adds entries to the dictionary of an object that is there already.
    PdfBuilder& add(int number, const std::string& entries);
    PdfBuilder& trailer(std::string entries);
    // Resources of page 3, beside the font.
    PdfBuilder& resource(const std::string& entries);
    std::string build() const;

private:
    std::map<int, std::string> m_objects;
    std::string m_trailer;
};

} // namespace sekisho::tests
