#include "gateway/audit/log.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::audit {

namespace {

std::unexpected<Error> damaged(std::string message, std::string where) {
    return reject("audit.damaged", std::move(message), std::move(where),
                  "Keep the files as evidence; compare with the collectors' copies");
}

std::string time_text(std::int64_t milliseconds) {
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

// The line starts as this file writes it, so its fixed head can be read without a JSON parser:
// {"sequence":7,"time":"...","source":"ledger","source_sequence":12,...
struct Head {
    std::uint64_t sequence = 0;
    std::string source;
    std::uint64_t source_sequence = 0;
};

std::optional<std::uint64_t> number_after(std::string_view line, std::string_view key) {
    const std::size_t at = line.find(key);
    if (at == std::string_view::npos) return std::nullopt;
    std::uint64_t value = 0;
    const char* begin = line.data() + at + key.size();
    const auto parsed = std::from_chars(begin, line.data() + line.size(), value);
    if (parsed.ec != std::errc()) return std::nullopt;
    return value;
}

std::optional<Head> head_of(std::string_view line) {
    constexpr std::string_view source_key = "\"source\":\"";
    const auto sequence = number_after(line, "{\"sequence\":");
    const auto source_sequence = number_after(line, "\"source_sequence\":");
    const std::size_t source = line.find(source_key);
    if (!sequence || !source_sequence || source == std::string_view::npos) return std::nullopt;
    const std::string_view rest = line.substr(source + source_key.size());
    return Head{*sequence, std::string(rest.substr(0, rest.find('"'))), *source_sequence};
}

std::string level_path(const std::string& directory, unsigned level) {
    return fmt::format("{}/level-{:02}", directory, level);
}

} // namespace

Result<Log> Log::open(const std::string& directory) {
    Log log;
    log.m_directory = directory;
    TRY(log.recover());
    return log;
}

Result<> Log::recover() {
    const auto paths = TRY(segments_of(m_directory));
    for (const std::string& path : paths) TRY(read_segment(path, path == paths.back()));
    // Level files are derived: they are written anew, so that they can never disagree with the records.
    for (unsigned level = 0; level < 64; ++level) unlink(level_path(m_directory, level).c_str());
    TRY(write_levels());
    if (m_segments.empty()) TRY(begin_segment());
    return check_last_checkpoint();
}

Result<> Log::read_segment(const std::string& path, bool last) {
    m_segments.push_back({path, size()});
    m_offsets.clear();
    const std::uint64_t whole =
        TRY(for_each_line(path, [this, &path](std::string_view line, std::uint64_t offset) -> Result<> {
            const auto head = head_of(line);
            if (!head || head->sequence != size()) return damaged("a record is not in its place", path);
            m_positions[head->source] = std::max(m_positions[head->source], head->source_sequence);
            m_offsets.push_back(offset);
            take_leaf(leaf_hash(as_view(line)));
            return m_new_nodes[0].size() > 65'536 ? write_levels() : Result<>{};
        }));
    m_file = Descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!m_file.valid()) return fail_errno("audit.unwritable", "open the last segment", path);
    if (!last && whole != TRY(file_size(m_file))) return damaged("a segment ends within a record", path);
    // A torn last line was never acknowledged.
    if (last && ftruncate(m_file.get(), static_cast<off_t>(whole)) != 0)
        return fail_errno("audit.unwritable", "drop a torn line", path);
    m_file_size = whole;
    return {};
}

Result<> Log::check_last_checkpoint() {
    const auto texts = TRY(checkpoints_of(m_directory));
    if (texts.empty()) return {};
    const std::string& last = texts.back();
    const std::size_t size_at = last.find('\n') + 1;
    std::uint64_t claimed = 0;
    std::from_chars(last.data() + size_at, last.data() + last.size(), claimed);
    // The checkpoint promised that many records to whoever has a copy of it.
    if (claimed > size()) return damaged("records that a checkpoint counts are missing", m_directory);
    m_last_checkpoint = last;
    m_last_checkpoint_size = claimed;
    return {};
}

Result<> Log::begin_segment() {
    const std::string path = fmt::format("{}/records-{:06}.log", m_directory, m_segments.size() + 1);
    m_file = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!m_file.valid()) return fail_errno("audit.unwritable", "begin a segment", path);
    TRY(sync_directory(m_directory));
    m_segments.push_back({path, size()});
    m_offsets.clear();
    m_file_size = 0;
    return {};
}

void Log::take_leaf(const Digest& leaf) {
    m_frontier.append(leaf);
    Digest node = leaf;
    for (unsigned level = 0;; ++level) {
        if (m_new_nodes.size() <= level) {
            m_new_nodes.emplace_back();
            m_half.emplace_back();
        }
        m_new_nodes[level].push_back(node);
        const std::uint64_t nodes_here = size() >> level;
        if ((nodes_here & 1) != 0) {
            m_half[level] = node;
            return;
        }
        node = node_hash(m_half[level], node);
    }
}

Result<> Log::write_levels() {
    for (unsigned level = 0; level < m_new_nodes.size(); ++level) {
        if (m_new_nodes[level].empty()) continue;
        const std::string path = level_path(m_directory, level);
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
        if (!file.valid()) return fail_errno("audit.unwritable", "open a level file", path);
        Bytes bytes;
        for (const Digest& node : m_new_nodes[level]) bytes.insert(bytes.end(), node.begin(), node.end());
        TRY(write_all(file, bytes));
        m_new_nodes[level].clear();
    }
    return {};
}

std::uint64_t Log::position_of(const std::string& source) const {
    const auto found = m_positions.find(source);
    return found == m_positions.end() ? 0 : found->second;
}

Result<std::vector<std::uint64_t>> Log::append(const std::vector<NewRecord>& records, std::int64_t now_milliseconds) {
    if (m_file_size >= segment_bytes) TRY(begin_segment());
    std::string text;
    std::vector<Digest> leaves;
    std::vector<std::uint64_t> offsets;
    std::vector<std::uint64_t> places;
    auto positions = m_positions;
    for (const NewRecord& record : records) {
        if (record.source_sequence == 0 || record.body.size() < 2 || record.body.front() != '{' || record.body.find('\n') != std::string::npos)
            return reject("audit.malformed", "a record is not one line of JSON", record.source);
        places.push_back(size() + leaves.size() - (record.source_sequence <= positions[record.source] ? 1 : 0));
        if (record.source_sequence <= positions[record.source]) continue;
        positions[record.source] = record.source_sequence;
        const std::string line = fmt::format(
            "{{\"sequence\":{},\"time\":\"{}\",\"source\":\"{}\",\"source_sequence\":{},{}", size() + leaves.size(),
            time_text(now_milliseconds), record.source, record.source_sequence, record.body.substr(1));
        offsets.push_back(m_file_size + text.size());
        leaves.push_back(leaf_hash(as_view(line)));
        text += line;
        text += '\n';
    }
    if (leaves.empty()) return places;
    const auto written = [&]() -> Result<> {
        if (lseek(m_file.get(), static_cast<off_t>(m_file_size), SEEK_SET) < 0)
            return fail_errno("audit.unwritable", "seek");
        return write_all(m_file, as_view(text));
    }();
    if (!written) {
        // Whatever got there was not acknowledged; if this fails too, recovery or the next append overwrites it.
        (void)!ftruncate(m_file.get(), static_cast<off_t>(m_file_size));
        return fail("audit.unwritable", written.error().message, m_segments.back().path,
                    "Make room on the disk of the audit log");
    }
    // After a failed sync the kernel may forget the pages: nothing may be believed until the files are read again.
    if (fdatasync(m_file.get()) != 0) bug("the audit log could not be synced");
    m_file_size += text.size();
    m_offsets.insert(m_offsets.end(), offsets.begin(), offsets.end());
    m_positions = std::move(positions);
    for (const Digest& leaf : leaves) take_leaf(leaf);
    TRY(write_levels());
    return places;
}

Result<Checkpoint> Log::write_checkpoint(const SigningKey& key, std::int64_t now) {
    const Checkpoint checkpoint{size(), m_frontier.root(), now};
    const std::string text = signed_text(checkpoint, key);
    const std::string path = m_directory + "/checkpoints";
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!file.valid()) return fail_errno("audit.unwritable", "open the checkpoints", path);
    TRY(write_all(file, as_view(text)));
    if (fdatasync(file.get()) != 0) return fail_errno("audit.unwritable", "sync the checkpoints", path);
    m_last_checkpoint = text;
    m_last_checkpoint_size = checkpoint.size;
    return checkpoint;
}

Result<Digest> Log::node_at(unsigned level, std::uint64_t index) const {
    const Descriptor file = TRY(open_read_only(level_path(m_directory, level)));
    Digest node{};
    if (TRY(read_at(file, index * node.size(), node)) != node.size())
        return damaged("a tree node is missing", m_directory);
    return node;
}

Result<std::vector<Digest>> Log::inclusion_path(std::uint64_t index, std::uint64_t size) const {
    return audit::inclusion_path(index, size,
                                 [this](unsigned level, std::uint64_t node) { return node_at(level, node); });
}

Result<std::string> Log::record(std::uint64_t index) const {
    if (index >= size()) return reject("audit.no-leaf", "the log has no such record");
    const auto after = std::ranges::upper_bound(m_segments, index, {}, &Segment::first);
    const Segment& segment = *std::prev(after);
    if (&segment == &m_segments.back()) {
        const std::uint64_t offset = m_offsets[index - segment.first];
        const std::uint64_t next = index + 1 == size() ? m_file_size : m_offsets[index + 1 - segment.first];
        Bytes bytes(next - offset - 1);
        TRY(read_at(m_file, offset, bytes));
        return std::string(as_text(bytes));
    }
    std::string found;
    std::uint64_t number = segment.first;
    TRY(for_each_line(segment.path, [&](std::string_view line, std::uint64_t) -> Result<> {
        if (number++ == index) found = line;
        return {};
    }));
    return found;
}

} // namespace sekisho::audit
