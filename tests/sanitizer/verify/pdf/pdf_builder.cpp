#include "pdf_builder.h"

#include <fmt/format.h>

namespace sekisho::tests {

PdfBuilder::PdfBuilder() {
    object(1, "<</Type/Catalog/Pages 2 0 R>>");
    object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>");
    stream(4, "", "BT /F1 12 Tf 10 10 Td (Hello) Tj ET\n");
    object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
}

PdfBuilder& PdfBuilder::object(int number, std::string body) {
    m_objects[number] = std::move(body);
    return *this;
}

PdfBuilder& PdfBuilder::stream(int number, const std::string& keys, const std::string& data) {
    return object(number, fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", keys, data.size(), data));
}

PdfBuilder& PdfBuilder::add(int number, const std::string& entries) {
    m_objects.at(number).insert(2, entries);
    return *this;
}

PdfBuilder& PdfBuilder::trailer(std::string entries) {
    m_trailer = std::move(entries);
    return *this;
}

PdfBuilder& PdfBuilder::resource(const std::string& entries) {
    std::string& page = m_objects.at(3);
    page.insert(page.find("/Font<<"), entries);
    return *this;
}

std::string PdfBuilder::build() const {
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    const int size = m_objects.rbegin()->first + 1;
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", size);
    for (int number = 1; number < size; ++number) {
        const auto found = m_objects.find(number);
        if (found == m_objects.end()) {
            table += "0000000000 00000 f \n";
            continue;
        }
        table += fmt::format("{:010} 00000 n \n", out.size());
        out += fmt::format("{} 0 obj\n{}\nendobj\n", number, found->second);
    }
    return out + fmt::format("{}trailer\n<</Size {}/Root 1 0 R{}>>\nstartxref\n{}\n%%EOF\n", table, size, m_trailer,
                             out.size());
}

} // namespace sekisho::tests
