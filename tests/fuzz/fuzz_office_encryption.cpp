// An encrypted document as it came; with a first byte below 2, what follows is EncryptionInfo alone, or an encrypted
// package under a key that is known.
#include "sanitizer/formats/office_encryption/content.h"
#include "sanitizer/formats/office_encryption/office_encryption.h"
#include "tests/support/corpus.h"

namespace {

using namespace sekisho;
using namespace sekisho::office_encryption;

Result<Type> nothing_nested(const Source&, Sink&, std::string_view, Context&) {
    return Type::docx;
}

Info known() {
    Agile agile;
    agile.data = {HashKind::sha1, 16, Bytes(16, 1)};
    agile.hmac_key = agile.hmac_value = Bytes(32, 2);
    return agile;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    Limits limits;
    limits.seconds = 2;
    Budget budget(limits);
    if (size > 0 && data[0] == 0) {
        (void)read_info(input.subspan(1), budget);
    } else if (size > 0 && data[0] == 1) {
        MemorySink out(1 << 24);
        auto content = Content::of(known(), Bytes(16, 3), out, budget);
        if (content && content->write(input.subspan(1)) && content->finish()) __builtin_trap(); // an HMAC by chance
    } else {
        tests::Bench bench(Level::rebuild, limits, nothing_nested);
        bench.context.give({"secret"}, {});
        (void)bench.run(office_encryption::open, Type::encrypted_office, input);
    }
    return 0;
}
