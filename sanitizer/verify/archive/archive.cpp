#include "sanitizer/verify/archive/archive.h"

#include <new>
#include <unordered_set>

#include "base/stream/spool.h"
#include "sanitizer/verify/archive/libzip.h"
#include "sanitizer/verify/archive/name.h"
#include "sanitizer/verify/archive/shape.h"

namespace sekisho::verify {

namespace {

Result<> check_names(const std::vector<ZipMember>& members) {
    std::unordered_set<std::string> folders, entries;
    for (const ZipMember& member : members) {
        if (!name_is_clean(member.name)) return refuse(Reason::verify_zip_name);
        const std::string key = caseless(member.name);
        for (std::size_t slash = key.find('/'); slash != key.npos; slash = key.find('/', slash + 1))
            folders.insert(key.substr(0, slash));
        if (!entries.insert(key).second) return refuse(Reason::verify_zip_name);
    }
    for (const std::string& entry : entries) // a folder's own entry ends with '/'
        if (folders.contains(entry)) return refuse(Reason::verify_zip_name);
    return {};
}

// Both readers must see the same member.
Result<> check_entry(const LibZip::Entry& entry, const ZipMember& member) {
    if (entry.name != member.name || entry.size != member.unpacked || entry.method != member.method)
        return refuse(Reason::verify_zip_shape);
    if (entry.encrypted || entry.comment || entry.extra_fields) return refuse(Reason::verify_zip_field);
    return {};
}

Result<> check_content(const LibZip& zip, std::uint64_t index, const ZipMember& member, const Limits& left,
                       VerifyMember verify) {
    const auto type = promised_kind(member.name);
    if (!type) return refuse(Reason::verify_zip_kind);
    Spool content(member.unpacked);
    if (auto read = zip.read(index, content); !read) {
        return reason_of(read.error()) == Reason::limit_bytes ? refuse(Reason::verify_zip_content) : read;
    }
    const Source* source = TRY(content.finish());
    if (source->size() != member.unpacked) return refuse(Reason::verify_zip_content);
    return verify(*type, *source, left);
}

} // namespace

Result<> zip(const Source& output, const Limits& limits, VerifyMember verify) try {
    if (limits.depth == 0) return refuse(Reason::limit_depth);
    if (output.size() > limits.bytes_out) return refuse(Reason::limit_bytes);
    const auto members = TRY(zip_shape(output, limits));
    TRY(check_names(members));
    const LibZip zip = TRY(LibZip::open(output));
    if (zip.count() != members.size() || zip.has_comment()) return refuse(Reason::verify_zip_shape);
    Limits left = limits;
    --left.depth;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const ZipMember& member = members[i];
        TRY(check_entry(TRY(zip.entry(i)), member));
        if (member.unpacked > left.bytes_unpacked) return refuse(Reason::limit_bytes);
        left.bytes_unpacked -= member.unpacked;
        TRY(check_deflate(output, member));
        if (!member.name.ends_with('/'))
            TRY(check_content(zip, i, member, left, verify));
        else if (member.unpacked != 0)
            return refuse(Reason::verify_zip_field);
    }
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
