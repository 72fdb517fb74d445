// Records of Excel ([MS-XLS]) and PowerPoint ([MS-PPT]), and the fields of Word.
#include <algorithm>
#include <array>

#include "sanitizer/core/address.h"
#include "sanitizer/formats/legacy/look.h"

namespace sekisho::legacy {

namespace {

// [MS-XLS] 2.3.1
enum ExcelRecord : std::uint16_t {
    excel_name = 0x0018,
    excel_file_pass = 0x002F,
    excel_sheet = 0x0085,
    excel_object_project = 0x00D3,
    excel_query = 0x00DC, // DBQUERY
    excel_link = 0x01AE,  // SupBook
    excel_query_table = 0x01AD,
    excel_hyperlink = 0x01B8,
    excel_start = 0x0809,
};

constexpr std::uint16_t first_of_97 = 0x0600;

std::uint8_t byte_at(View record, std::size_t at) {
    return at < record.size() ? record[at] : std::uint8_t{0};
}

// [MS-XLS] 2.4.28: BoundSheet8.dt
bool is_macro_sheet(View sheet) {
    return byte_at(sheet, 5) == 1;
}

// [MS-XLS] 2.4.150: Lbl. A built-in name of one character: Auto_Open 1, Auto_Close 2, Auto_Activate 10,
// Auto_Deactivate 11.
bool is_automatic_name(View name) {
    constexpr std::uint8_t is_builtin = 0x20;
    constexpr std::size_t fixed = 15; // and a byte for the kind of characters
    const std::uint8_t which = byte_at(name, fixed);
    return (byte_at(name, 0) & is_builtin) != 0 && byte_at(name, 3) == 1 &&
           (which == 1 || which == 2 || which == 10 || which == 11);
}

// [MS-XLS] 2.4.271: cch 0x0401 is this workbook, 0x3A01 are add-in functions.
bool is_outside(View link) {
    const bool own = byte_at(link, 3) == 0x04 && byte_at(link, 2) == 0x01;
    const bool add_in = byte_at(link, 3) == 0x3A && byte_at(link, 2) == 0x01;
    return !own && !add_in;
}

// [MS-OSHARED] 2.3.7.6: URLMoniker, its class, a size and an address in UTF-16; 2.3.7.8: FileMoniker.
constexpr std::string_view url_class{"\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16};
constexpr std::string_view file_class{"\x03\x03\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46", 16};

// A link without either leads into the workbook.
bool is_unsafe_link(View link) {
    const std::string_view text = as_text(link);
    if (text.find(file_class) != text.npos) return true;
    const std::size_t found = text.find(url_class);
    if (found == text.npos) return false;
    std::string address;
    for (std::size_t at = found + url_class.size() + 4; at + 1 < text.size() && text[at] != '\0'; at += 2)
        address += text[at];
    return !leads_out_safely(address);
}

void look_at_record(Context& context, std::uint16_t type, View record) {
    if (type == excel_sheet && is_macro_sheet(record)) context.found(Finding::ole_xlm_macro, Action::removed);
    if (type == excel_name && is_automatic_name(record)) context.found(Finding::ole_xlm_macro, Action::removed);
    if (type == excel_link && is_outside(record)) context.found(Finding::ole_external_link, Action::removed);
    if (type == excel_hyperlink && is_unsafe_link(record)) context.found(Finding::ole_hyperlink, Action::removed);
    if (type == excel_query || type == excel_query_table) context.found(Finding::ole_external_link, Action::removed);
}

} // namespace

// A record that ends behind the stream is the suite's to refuse: what it reads is known until then.
Result<Seen> look_at_workbook(Context& context, View stream) {
    Seen seen;
    ByteReader reader(stream);
    for (bool first = true; reader.remaining() >= 4; first = false) {
        TRY(context.budget().check_time());
        const std::uint16_t type = TRY(reader.u16le());
        const std::size_t size = TRY(reader.u16le());
        const View record = TRY(reader.bytes(std::min(size, reader.remaining())));
        if (first && type == excel_start && record.size() >= 2) seen.old = (record[0] | record[1] << 8) < first_of_97;
        if (type == excel_file_pass) seen.encrypted = true;
        // What follows is ciphertext, but for a few records.
        if (!seen.encrypted || type == excel_sheet) look_at_record(context, type, record);
    }
    return seen;
}

namespace {

// [MS-PPT] 2.13.24
struct SlideRecord {
    std::uint16_t type;
    Finding finding;
};
constexpr std::uint16_t slide_macros = 0x0400; // VBAInfoAtom
constexpr std::size_t has_macros = 4;
constexpr std::array slide_records{
    SlideRecord{0x0FCC, Finding::ole_embedding},     // ExOleEmbedContainer
    SlideRecord{0x0FCE, Finding::ole_external_link}, // ExOleLinkContainer
    SlideRecord{0x0FEE, Finding::ole_activex},       // ExControlContainer
};

} // namespace

Result<> look_at_slides(Context& context, View stream) {
    ByteReader reader(stream);
    while (reader.remaining() >= 8) {
        TRY(context.budget().check_time());
        const std::uint16_t version = TRY(reader.u16le());
        const std::uint16_t type = TRY(reader.u16le());
        const std::size_t size = TRY(reader.u32le());
        const auto* found = std::ranges::find(slide_records, type, &SlideRecord::type);
        if (found != slide_records.end()) context.found(found->finding, Action::removed);
        // A container's content is records again.
        constexpr std::uint16_t container = 0xF;
        if ((version & container) == container) continue;
        const View record = TRY(reader.bytes(std::min(size, reader.remaining())));
        if (type == slide_macros && byte_at(record, has_macros) != 0)
            context.found(Finding::ole_powerpoint_macro, Action::removed);
    }
    return {};
}

namespace {

constexpr std::array active_fields{
    std::string_view("DDE"),         std::string_view("DDEAUTO"),    std::string_view("INCLUDEPICTURE"),
    std::string_view("INCLUDETEXT"), std::string_view("INCLUDE"),    std::string_view("IMPORT"),
    std::string_view("LINK"),        std::string_view("MACROBUTTON")};

// The first word behind the mark of a field's beginning; characters of `width` bytes.
std::string first_word(View text, std::size_t at, std::size_t width) {
    constexpr std::size_t longest = 32;
    std::string word;
    for (std::size_t read = 0; read < longest && at + width <= text.size(); ++read, at += width) {
        if (width == 2 && text[at + 1] != 0) break;
        const auto c = static_cast<char>(text[at]);
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_letter && !word.empty()) break;
        if (!is_letter && c != ' ') break;
        if (is_letter) word += static_cast<char>(c >= 'a' ? c - 32 : c);
    }
    return word;
}

} // namespace

// Text lies in pieces of one or two bytes a character ([MS-DOC] 2.4.1); a mark followed by such a word is one in both.
void look_at_fields(Context& context, View stream) {
    constexpr std::uint8_t field_begins = 0x13;
    for (std::size_t at = 0; at < stream.size(); ++at) {
        if (stream[at] != field_begins) continue;
        for (const std::size_t width : {std::size_t{1}, std::size_t{2}}) {
            if (width == 2 && (at + 1 >= stream.size() || stream[at + 1] != 0)) continue;
            if (std::ranges::find(active_fields, first_word(stream, at + width, width)) != active_fields.end())
                context.found(Finding::ole_dde_field, Action::removed);
        }
    }
}

} // namespace sekisho::legacy
