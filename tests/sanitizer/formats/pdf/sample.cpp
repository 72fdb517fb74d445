#include "tests/sanitizer/formats/pdf/sample.h"

#include <algorithm>
#include <memory>

#include <poppler-document.h>
#include <poppler-page.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace sekisho::tests {

int Sample::add(std::string_view object) {
    m_more.emplace_back(object);
    return static_cast<int>(m_more.size() + 5);
}

int Sample::add_stream(std::string_view keys, std::string_view data) {
    return add("<<" + std::string(keys) + "/Length " + std::to_string(data.size()) + ">>\nstream\n" +
               std::string(data) + "\nendstream");
}

Bytes Sample::bytes() const {
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

bool Rebuilt::found(Finding finding) const {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.finding == finding; });
}

Rebuilt rebuild(View input, const Limits& limits, const std::vector<std::string>& passwords) {
    Bench bench(Level::rebuild, limits);
    bench.context.give(passwords, {});
    Rebuilt rebuilt{bench.run(pdf::rebuild, Type::pdf, input), {}, {}};
    rebuilt.entries = bench.report.entries();
    rebuilt.bytes = bench.out.take();
    return rebuilt;
}

std::string unpacked(View pdf) {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("output", as_chars(pdf.data()), pdf.size());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setQDFMode(true);
    writer.setPreserveUnreferencedObjects(true);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setDecodeLevel(qpdf_dl_specialized);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    return {as_chars(buffer->getBuffer()), buffer->getSize()};
}

std::string text_of(View pdf) {
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(as_chars(pdf.data()), static_cast<int>(pdf.size())));
    if (!document || document->pages() < 1) return {};
    const std::unique_ptr<poppler::page> page(document->create_page(0));
    if (!page) return {};
    const poppler::byte_array text = page->text().to_utf8();
    return {text.begin(), text.end()};
}

} // namespace sekisho::tests
