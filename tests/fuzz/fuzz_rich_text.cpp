// Outlook's RTF, compressed and not. What is read of it is clean text, and no longer than its input allows.
#include "base/text/utf8.h"
#include "sanitizer/formats/mail/rich_text.h"
#include "sanitizer/formats/rtf_text/rtf_text.h"

namespace {

using namespace sekisho;

void read(View rtf, Budget& budget) {
    const auto body = rtf_text::read(rtf, budget);
    if (!body) return;
    if (!is_utf8(body->text)) bug("no UTF-8");
    constexpr std::size_t longest = 8; // bytes that come of one: "\bullet" is "&bull;", a bad byte U+FFFD
    if (body->text.size() > longest * rtf.size()) bug("more than was there");
    if (body->text.find('\0') != std::string::npos) bug("a control character");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input{data, size};
    Budget budget(Limits{});
    read(input, budget);
    if (const auto rtf = mail::decompress_rtf(input, budget)) read(*rtf, budget);
    return 0;
}
