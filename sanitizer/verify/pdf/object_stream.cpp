#include "sanitizer/verify/pdf/object_stream.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/lexer.h"

namespace sekisho::verify {

namespace {

struct Slot {
    int number;
    std::size_t offset;
};

Result<int> small_integer(const Object& dictionary, const char* key) {
    const Object& value = dictionary.dictLookupNF(key);
    if (!value.isInt() || value.getInt() < 0) return refuse(Reason::verify_pdf_xref);
    return value.getInt();
}

Result<int> next_integer(Lexer& lexer) {
    const Token token = TRY(lexer.next());
    if (!token.is(Token::Kind::integer) || token.number < 0 || token.number > INT32_MAX)
        return refuse(Reason::verify_pdf_xref);
    return static_cast<int>(token.number);
}

// The pairs of number and offset before /First.
Result<std::vector<Slot>> read_slots(View data, int count, std::size_t first) {
    if (first > data.size()) return refuse(Reason::verify_pdf_xref);
    Lexer lexer(data.first(first));
    std::vector<Slot> slots;
    for (int i = 0; i < count; ++i) {
        const int number = TRY(next_integer(lexer));
        slots.push_back({number, first + static_cast<std::size_t>(TRY(next_integer(lexer)))});
    }
    if (!TRY(lexer.next()).is(Token::Kind::end)) return refuse(Reason::verify_pdf_xref);
    return slots;
}

} // namespace

Result<> check_object_stream(const PopplerFile& file, const Object& stream, const std::vector<int>& numbers,
                             std::uint64_t limit) {
    if (!stream.isStream()) return refuse(Reason::verify_pdf_xref);
    const Object& dictionary = stream_dictionary(stream);
    const int count = TRY(small_integer(dictionary, "N"));
    const int first = TRY(small_integer(dictionary, "First"));
    if (static_cast<std::size_t>(count) != numbers.size()) return refuse(Reason::verify_pdf_xref);
    const Bytes data = TRY(file.decode(stream, limit));
    const std::vector<Slot> slots = TRY(read_slots(data, count, static_cast<std::size_t>(first)));
    std::vector<int> held;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const std::size_t end = i + 1 < slots.size() ? slots[i + 1].offset : data.size();
        if (slots[i].offset >= end || end > data.size()) return refuse(Reason::verify_pdf_xref);
        if (i == 0 && slots[i].offset != static_cast<std::size_t>(first)) return refuse(Reason::verify_pdf_xref);
        Lexer lexer(View(data).subspan(slots[i].offset, end - slots[i].offset));
        TRY(skip_object(lexer));
        if (!TRY(lexer.next()).is(Token::Kind::end)) return refuse(Reason::verify_pdf_syntax);
        held.push_back(slots[i].number);
    }
    std::ranges::sort(held);
    if (held != numbers) return refuse(Reason::verify_pdf_xref);
    return {};
}

Result<> check_xref_stream(const PopplerFile& file, const Object& stream) {
    if (!stream.isStream()) return refuse(Reason::verify_pdf_xref);
    const Object& dictionary = stream_dictionary(stream);
    const int size = TRY(small_integer(dictionary, "Size"));
    const Object& index = dictionary.dictLookupNF("Index");
    if (!index.isNull()) {
        if (!index.isArray() || index.arrayGetLength() != 2) return refuse(Reason::verify_pdf_xref);
        if (!index.arrayGetNF(0).isInt() || index.arrayGetNF(0).getInt() != 0) return refuse(Reason::verify_pdf_xref);
        if (!index.arrayGetNF(1).isInt() || index.arrayGetNF(1).getInt() != size) return refuse(Reason::verify_pdf_xref);
    }
    const Object& widths = dictionary.dictLookupNF("W");
    if (!widths.isArray() || widths.arrayGetLength() != 3) return refuse(Reason::verify_pdf_xref);
    std::uint64_t row = 0;
    for (int i = 0; i < 3; ++i) {
        const Object& width = widths.arrayGetNF(i);
        if (!width.isInt() || width.getInt() < 0 || width.getInt() > 8) return refuse(Reason::verify_pdf_xref);
        row += static_cast<std::uint64_t>(width.getInt());
    }
    const std::uint64_t expected = row * static_cast<std::uint64_t>(size);
    std::uint64_t total = 0;
    TRY(file.decode(stream, expected, [&total](View view) -> Result<> {
        total += view.size();
        return {};
    }));
    if (total != expected || size != file.object_count()) return refuse(Reason::verify_pdf_xref);
    return {};
}

} // namespace sekisho::verify
