#include "tests/sanitizer/formats/pdf/sample.h"

#include <algorithm>
#include <memory>

#include <poppler-document.h>
#include <poppler-page.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace sekisho::tests {

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
