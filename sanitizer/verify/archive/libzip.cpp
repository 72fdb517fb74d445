#include "sanitizer/verify/archive/libzip.h"

#include <algorithm>
#include <cstring>

#include <zip.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

// What libzip's callback works on; lives as long as the archive.
struct LibZip::Reading {
    const Source* source = nullptr;
    std::uint64_t position = 0;
    zip_error_t error{};
};

namespace {

constexpr zip_int64_t failed = -1;

zip_int64_t read_piece(const Source& source, std::uint64_t& position, void* data, zip_uint64_t length) {
    const auto count = source.read_at(position, std::span(static_cast<std::uint8_t*>(data), length));
    if (!count) return failed;
    position += *count;
    return static_cast<zip_int64_t>(*count);
}

zip_int64_t describe(const Source& source, void* data, zip_uint64_t length) {
    if (length < sizeof(zip_stat_t)) return failed;
    zip_stat_t stat;
    zip_stat_init(&stat);
    stat.valid = ZIP_STAT_SIZE;
    stat.size = source.size();
    std::memcpy(data, &stat, sizeof stat);
    return sizeof stat;
}

template <typename Reading> zip_int64_t serve(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& reading = *static_cast<Reading*>(user);
    switch (command) {
    case ZIP_SOURCE_OPEN:
        reading.position = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_piece(*reading.source, reading.position, data, length);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        return describe(*reading.source, data, length);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&reading.error, data, length);
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SEEK: {
        const zip_int64_t target =
            zip_source_seek_compute_offset(reading.position, reading.source->size(), data, length, &reading.error);
        if (target < 0) return failed;
        reading.position = static_cast<std::uint64_t>(target);
        return 0;
    }
    case ZIP_SOURCE_TELL:
        return static_cast<zip_int64_t>(reading.position);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                              ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&reading.error, ZIP_ER_OPNOTSUPP, 0);
        return failed;
    }
}

} // namespace

LibZip::LibZip() : m_reading(std::make_unique<Reading>()) {}
LibZip::LibZip(LibZip&&) noexcept = default;
LibZip::~LibZip() = default;
void LibZip::Discard::operator()(::zip* archive) const {
    zip_discard(archive);
}

Result<LibZip> LibZip::open(const Source& source) {
    LibZip opened;
    opened.m_reading->source = &source;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* from = zip_source_function_create(serve<Reading>, opened.m_reading.get(), &error);
    if (!from) return refuse(Reason::limit_memory);
    opened.m_archive.reset(zip_open_from_source(from, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!opened.m_archive) {
        zip_source_free(from);
        zip_error_fini(&error);
        return refuse(Reason::verify_zip_content);
    }
    return opened;
}

std::uint64_t LibZip::count() const {
    return static_cast<std::uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(m_archive.get(), 0)));
}

bool LibZip::has_comment() const {
    int length = 0;
    zip_get_archive_comment(m_archive.get(), &length, ZIP_FL_ENC_RAW);
    return length > 0;
}

Result<LibZip::Entry> LibZip::entry(std::uint64_t index) const {
    Entry entry;
    zip_stat_t stat;
    zip_stat_init(&stat);
    const char* name = zip_get_name(m_archive.get(), index, ZIP_FL_ENC_RAW);
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (!name || zip_stat_index(m_archive.get(), index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & needed) != needed)
        return refuse(Reason::verify_zip_content);
    entry.name = name;
    entry.size = stat.size;
    entry.method = stat.comp_method;
    entry.encrypted = stat.encryption_method != ZIP_EM_NONE;
    zip_uint32_t comment = 0;
    zip_file_get_comment(m_archive.get(), index, &comment, ZIP_FL_ENC_RAW);
    entry.comment = comment != 0;
    entry.extra_fields = zip_file_extra_fields_count(m_archive.get(), index, ZIP_FL_CENTRAL) > 0 ||
                         zip_file_extra_fields_count(m_archive.get(), index, ZIP_FL_LOCAL) > 0;
    return entry;
}

Result<> LibZip::read(std::uint64_t index, Sink& out) const {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(m_archive.get(), index, 0),
                                                                 zip_fclose);
    if (!file) return refuse(Reason::verify_zip_content);
    Bytes piece(256 * 1024);
    for (;;) {
        const zip_int64_t count = zip_fread(file.get(), piece.data(), piece.size());
        if (count < 0) return refuse(Reason::verify_zip_content);
        if (count == 0) return {};
        TRY(out.write(View(piece).first(static_cast<std::size_t>(count))));
    }
}

} // namespace sekisho::verify
