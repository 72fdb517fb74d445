#include "sanitizer/formats/office_encryption/office_encryption.h"

#include <array>
#include <exception>
#include <new>

#include "base/stream/spool.h"
#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/office_encryption/content.h"
#include "sanitizer/formats/office_encryption/passwords.h"
#include "sanitizer/formats/ooxml/ooxml.h"

namespace sekisho::office_encryption {

namespace {

constexpr std::uint64_t largest_info = 1U << 20;

struct Streams {
    std::uint32_t info = 0, package = 0;
};

// A file without these is an older document with a password of its own kind.
Result<Streams> find_streams(const CompoundFile& file) {
    const auto info = file.child(CompoundFile::root, "EncryptionInfo");
    const auto package = file.child(CompoundFile::root, "EncryptedPackage");
    if (!info || !package) return refuse(Reason::input_encrypted);
    if (file.entry(*info).size > largest_info) return refuse(Reason::input_damaged);
    return Streams{*info, *package};
}

Result<std::optional<Bytes>> first_key(const Info& info, const std::vector<Bytes>& passwords, Budget& budget) {
    for (const Bytes& password : passwords)
        if (auto key = TRY(unlock(info, password, budget))) return key;
    return std::nullopt;
}

// What encryption hid must be what it is for.
Result<> check_is_office(const Source& package, const Budget& budget) {
    Budget own(budget.limits()); // looking is not unpacking
    const ZipReader zip = TRY(ZipReader::open(package, own));
    const Type type = TRY(ooxml::identify(package, zip));
    if (type == Type::macro_office) return refuse(Reason::ooxml_addin);
    const bool office = type == Type::docx || type == Type::xlsx || type == Type::pptx || type == Type::xlsb;
    return office ? Result<>() : refuse(Reason::type_unsupported);
}

} // namespace

Result<Type> open(Job& job) try {
    Context& context = job.context;
    const CompoundFile file = TRY(CompoundFile::open(job.in, context.budget()));
    const Streams streams = TRY(find_streams(file));
    const Info info = TRY(read_info(TRY(file.read(streams.info)), context.budget()));
    Finding finding = Finding::ooxml_default_password;
    auto key = TRY(first_key(info, program_passwords(), context.budget()));
    if (!key) {
        finding = Finding::ooxml_encrypted;
        key = TRY(first_key(info, password_forms(context.passwords()), context.budget()));
    }
    if (!key) return refuse(context.passwords().empty() ? Reason::input_encrypted : Reason::office_password);
    Spool package(context.limits().bytes_unpacked);
    Content content = TRY(Content::of(info, *key, package, context.budget()));
    TRY(file.read_to(streams.package, content));
    TRY(content.finish());
    const Source* opened = TRY(package.finish());
    TRY(check_is_office(*opened, context.budget()));
    context.found(finding, Action::rewritten);
    return context.sanitize_nested(*opened, job.out, job.name);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

void warm_up() {
    constexpr std::array<std::uint8_t, 16> sample{};
    Bytes made;
    for (const HashKind kind : {HashKind::sha1, HashKind::sha256, HashKind::sha384, HashKind::sha512}) {
        auto hash = Hash::of(kind);
        if (!hash || !hash->over({sample}, made) || !Hmac::of(kind, sample)) bug("OpenSSL lacks an algorithm");
    }
    for (const auto chaining : {Aes::Chaining::cbc, Aes::Chaining::ecb})
        if (!Aes::with(sample, chaining)) bug("OpenSSL lacks an algorithm");
    const std::string letters = "\u30d1\uff21";
    (void)password_forms(std::span(&letters, 1)); // ICU's tables
}

} // namespace sekisho::office_encryption
