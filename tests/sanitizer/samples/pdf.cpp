#include "tests/sanitizer/samples/pdf.h"

namespace sekisho::tests {

int PdfSample::add(std::string_view object) {
    m_more.emplace_back(object);
    return static_cast<int>(m_more.size() + 5);
}

int PdfSample::add_stream(std::string_view keys, std::string_view data) {
    return add("<<" + std::string(keys) + "/Length " + std::to_string(data.size()) + ">>\nstream\n" +
               std::string(data) + "\nendstream");
}

Bytes PdfSample::bytes() const {
    std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R" + catalog + ">>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>" + resources +
            ">>" + page + ">>",
        "<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"};
    objects.insert(objects.end(), m_more.begin(), m_more.end());
    std::string out = "%PDF-1.7\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string offset = std::to_string(out.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(out.size());
    const std::string count = std::to_string(objects.size() + 1);
    out += "xref\n0 " + count + "\n" + table + "trailer\n<</Root 1 0 R/Size " + count + trailer + ">>\nstartxref\n" +
           start + "\n%%EOF\n";
    return to_bytes(out);
}

} // namespace sekisho::tests
