#include <expat.h>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <turbojpeg.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "tests/bench/bare.h"

namespace sekisho::bench {

namespace {

constexpr int quality = 85;
constexpr std::uint64_t most_bytes = 256 << 20;

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
}

std::string parse_and_serialise(View xml) {
    std::string out;
    out.reserve(xml.size());
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"),
                                                                              XML_ParserFree);
    XML_SetUserData(parser.get(), &out);
    XML_SetElementHandler(
        parser.get(),
        [](void* target, const XML_Char* name, const XML_Char** attributes) {
            auto& text = *static_cast<std::string*>(target);
            text.append("<").append(name);
            for (; *attributes; attributes += 2) {
                text.append(" ").append(attributes[0]).append("=\"");
                append_escaped(text, attributes[1]);
                text += '"';
            }
            text += '>';
        },
        [](void* target, const XML_Char* name) {
            static_cast<std::string*>(target)->append("</").append(name).append(">");
        });
    XML_SetCharacterDataHandler(parser.get(), [](void* target, const XML_Char* text, int length) {
        append_escaped(*static_cast<std::string*>(target), {text, static_cast<std::size_t>(length)});
    });
    if (XML_Parse(parser.get(), as_chars(xml.data()), static_cast<int>(xml.size()), 1) != XML_STATUS_OK)
        bug("a sample's XML is broken");
    return out;
}

} // namespace

Bytes bare_jpeg(const Bytes& picture) {
    const std::unique_ptr<void, decltype(&tjDestroy)> reader(tjInitDecompress(), tjDestroy);
    const std::unique_ptr<void, decltype(&tjDestroy)> writer(tjInitCompress(), tjDestroy);
    int width = 0;
    int height = 0;
    int sampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(reader.get(), picture.data(), picture.size(), &width, &height, &sampling, &colours) != 0)
        bug("a sample's JPEG is broken");
    Bytes pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    tjDecompress2(reader.get(), picture.data(), picture.size(), pixels.data(), width, 0, height, TJPF_RGB, 0);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    tjCompress2(writer.get(), pixels.data(), width, 0, height, TJPF_RGB, &out, &size, TJSAMP_420, quality, 0);
    Bytes bytes(out, out + size);
    tjFree(out);
    return bytes;
}

Bytes bare_office(const Bytes& package) {
    const MemorySource in(package);
    Budget budget{Limits()};
    MemorySink out(most_bytes);
    ZipWriter writer(out);
    const auto reader = ZipReader::open(in, budget);
    if (!reader) bug("a sample's ZIP is broken");
    for (const ZipEntry& entry : reader->entries()) {
        const auto content = reader->read(entry);
        if (!content) bug("a sample's ZIP is broken");
        const bool picture = entry.raw_name.ends_with(".jpeg");
        const auto added = picture ? writer.add(entry.raw_name, bare_jpeg(*content), ZipWriter::Pack::store)
                                   : writer.add(entry.raw_name, as_view(parse_and_serialise(*content)));
        if (!added) bug("a sample cannot be packed");
    }
    if (!writer.finish()) bug("a sample cannot be packed");
    return out.take();
}

Bytes bare_pdf(const Bytes& document) {
    QPDF pdf;
    pdf.processMemoryFile("sample", as_chars(document.data()), document.size());
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setRecompressFlate(true);
    writer.setDecodeLevel(qpdf_dl_generalized);
    writer.setStaticID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {buffer->getBuffer(), buffer->getBuffer() + buffer->getSize()};
}

} // namespace sekisho::bench
