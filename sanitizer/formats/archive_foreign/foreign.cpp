#include "sanitizer/formats/archive_foreign/foreign.h"

#include <algorithm>
#include <new>

#include "base/stream/spool.h"
#include "sanitizer/formats/archive/members.h"
#include "sanitizer/formats/archive_foreign/library.h"
#include "sanitizer/formats/archive_foreign/reader.h"

namespace sekisho::archive_foreign {

namespace {

using archive::CleanPath;
using archive::StoredName;
using Kind = Reader::Entry::Kind;

// What became of a member. Names are settled when all are known: one archive has one character set.
struct Made {
    std::uint32_t number = 0; // in the original, from 1
    bool folder = false;
    Type type = Type::unknown;
    std::uint64_t at = 0, size = 0; // in the spool of all that was sanitised
    std::optional<Error> refused;
    CleanPath path;
};

// A Sink into a part of another, which remembers how much it took.
class Counted final : public Sink {
public:
    explicit Counted(Sink& out) : m_out(out) {}
    Result<> write(View view) override {
        m_size += view.size();
        return m_out.write(view);
    }
    std::uint64_t size() const { return m_size; }

private:
    Sink& m_out;
    std::uint64_t m_size = 0;
};

class Rebuild {
public:
    Rebuild(Job& job, Reader& reader)
        : m_context(job.context), m_reader(reader), m_out(job.out),
          m_sanitised(std::min(job.context.limits().bytes_out, job.context.limits().bytes_unpacked)) {}

    Result<Type> run() {
        m_context.found(Finding::archive_repacked, Action::converted);
        if (!m_context.parts().empty()) m_context.found(Finding::archive_joined, Action::converted);
        TRY(read_members());
        if (TRY(m_reader.bytes_after())) m_context.found(Finding::zip_hidden_data, Action::removed);
        TRY(settle_names());
        TRY(write_members());
        return Type::zip;
    }

private:
    Result<> read_members();
    Result<> read_member(const Reader::Entry& entry, Made made);
    Result<> sanitise(const std::string& name, Made& made);
    Result<> settle_names();
    Result<> write_members();

    Context& m_context;
    Reader& m_reader;
    Sink& m_out;
    Spool m_sanitised;
    std::uint64_t m_written = 0;
    std::vector<Made> m_members;
    std::vector<StoredName> m_names; // of m_members
};

Result<> Rebuild::read_members() {
    for (std::uint32_t number = 1;; ++number) {
        const auto entry = TRY(m_reader.next());
        if (!entry) return {};
        const auto entered = m_context.enter(Place::member, number);
        if (entry->kind == Kind::other) {
            m_context.found(Finding::zip_link, Action::removed);
            continue;
        }
        Made made;
        made.number = number;
        made.folder = entry->kind == Kind::folder;
        TRY(read_member(*entry, std::move(made)));
    }
}

Result<> Rebuild::read_member(const Reader::Entry& entry, Made made) {
    // For now by its own bytes alone: enough to tell what leads outside and what is litter.
    bool converted = false;
    const StoredName stored{entry.name};
    const std::string name = archive::decode_names({stored}, converted).front();
    const CleanPath path = TRY(archive::clean_path(name, made.folder));
    if (path.litter) {
        m_context.found(Finding::zip_litter, Action::removed);
        return {};
    }
    if (!made.folder) TRY(sanitise(path.file, made));
    m_members.push_back(std::move(made));
    m_names.push_back(stored);
    return {};
}

Result<> Rebuild::sanitise(const std::string& name, Made& made) {
    const Limits& limits = m_context.limits();
    Spool unpacked(std::min(limits.bytes_unpacked, limits.bytes_out));
    TRY(m_reader.read_to(unpacked));
    const Source* content = TRY(unpacked.finish());
    Counted counted(m_sanitised);
    const auto type = m_context.sanitize_nested(*content, counted, name);
    made.at = m_written;
    made.size = counted.size();
    m_written += counted.size(); // also what a refused member had written: nothing refers to it
    if (type) {
        made.type = *type;
        return {};
    }
    if (archive::concerns_all(type.error())) return std::unexpected(type.error());
    made.refused = type.error();
    return {};
}

Result<> Rebuild::settle_names() {
    bool converted = false;
    const std::vector<std::string> names = archive::decode_names(m_names, converted);
    if (converted) m_context.found(Finding::zip_name_charset, Action::converted);
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        Made& made = m_members[i];
        made.path = TRY(archive::clean_path(names[i], made.folder));
        if (made.path.changed) m_context.found(Finding::zip_name, Action::rewritten, Place::member, made.number);
    }
    return {};
}

Result<> Rebuild::write_members() {
    archive::MemberWriter writer(m_context, m_out);
    for (const Made& made : m_members) writer.reserve(made.path);
    const Source* sanitised = TRY(m_sanitised.finish());
    for (const Made& made : m_members) {
        TRY(m_context.budget().check_time());
        const auto entered = m_context.enter(Place::member, made.number);
        if (made.folder)
            TRY(writer.folder(made.path));
        else if (made.refused)
            TRY(writer.refused(made.path, *made.refused));
        else
            TRY(writer.file(made.path, made.type, SliceSource(*sanitised, made.at, made.size)));
    }
    return writer.finish();
}

// With a password at hand, "needs a password" would be no answer: it is the kind of archive.
Result<Type> explained(Result<Type> done, const Context& context) {
    if (!done && reason_of(done.error()) == Reason::input_encrypted && !context.passwords().empty())
        return refuse(Reason::archive_encryption);
    return done;
}

Result<archive_encryption::Opened> decrypted(const Job& job) {
    Context& context = job.context;
    const auto unpack = [&context](const Source& archive, Sink& out) -> Result<> {
        const auto reader = TRY(open_library(Type::seven_zip, archive, context.budget()));
        if (!TRY(reader->next())) return refuse(Reason::archive_damaged);
        return reader->read_to(out);
    };
    return archive_encryption::open(job.type, job.in, context.passwords(), context.budget(), unpack);
}

Result<Type> rebuild_with(Job& job) {
    const auto opened = TRY(decrypted(job));
    if (opened.source) job.context.found(Finding::archive_decrypted, Action::converted);
    const Source& in = opened.source ? *opened.source : job.in;
    const auto reader = TRY(Reader::open(job.type, in, job.context.parts(), job.context.budget(), opened.sums));
    return Rebuild(job, *reader).run();
}

// "report.csv.gz" holds a "report.csv", "backup.tgz" a tar.
std::string inner_name(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return std::string(name.substr(0, dot));
}

} // namespace

Result<Type> rebuild(Job& job) try { return explained(rebuild_with(job), job.context); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> unpack(Job& job) try {
    Context& context = job.context;
    const auto reader = TRY(Reader::open(job.type, job.in, {}, context.budget()));
    context.found(Finding::archive_unpacked, Action::extracted);
    if (!context.parts().empty()) context.found(Finding::archive_joined, Action::converted);
    Spool unpacked(std::min(context.limits().bytes_unpacked, context.limits().bytes_out));
    if (!TRY(reader->next())) return refuse(Reason::archive_damaged);
    TRY(reader->read_to(unpacked));
    const Source* content = TRY(unpacked.finish());
    if (TRY(reader->bytes_after())) context.found(Finding::zip_hidden_data, Action::removed);
    return context.sanitize_nested(*content, job.out, inner_name(job.name));
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

void warm_up() {
    const Utf8Locale locale;
    const Handle reader(archive_read_new());
    for (const Type type : {Type::seven_zip, Type::rar, Type::lzh, Type::cab, Type::tar})
        if (!support(reader.get(), type)) bug("libarchive lacks a format");
}

} // namespace sekisho::archive_foreign
