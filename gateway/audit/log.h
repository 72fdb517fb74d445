// The files of the log, in one directory:
//   records-NNNNNN.log  the records, one line each: the truth
//   level-LL            hashes of complete subtrees of 2^LL leaves, 32 bytes each: derived, made again if short
//   checkpoints         every signed checkpoint, one after another
// One process writes; readers (forwarder, sekisho audit) only read whole lines.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/descriptor/descriptor.h"
#include "gateway/audit/checkpoint.h"
#include "gateway/audit/merkle.h"

namespace sekisho::audit {

struct NewRecord {
    std::string source; // process name, told by the kernel
    std::uint64_t source_sequence = 0;
    std::string body; // a JSON object
};

class Log {
public:
    static constexpr std::uint64_t segment_bytes = 64ULL << 20;

    // Opens or makes the log, drops a torn last line, makes derived files again. fail "audit.unwritable",
    // reject "audit.damaged" if the files contradict themselves.
    static Result<Log> open(const std::string& directory);

    // Appends and makes durable. All or nothing: on fail "audit.unwritable" none of them counts.
    // Records that their source has sent before are left out. Returns, for each record given, the index of its leaf;
    // for one that was left out, that of the newest record of the log.
    Result<std::vector<std::uint64_t>> append(const std::vector<NewRecord>& records, std::int64_t now_milliseconds);
    std::uint64_t size() const { return m_frontier.size(); }
    std::uint64_t position_of(const std::string& source) const; // highest source_sequence; 0 if none
    Result<Checkpoint> write_checkpoint(const SigningKey& key, std::int64_t now);
    const std::string& last_checkpoint() const { return m_last_checkpoint; }
    std::uint64_t last_checkpoint_size() const { return m_last_checkpoint_size; }
    Result<std::vector<Digest>> inclusion_path(std::uint64_t index, std::uint64_t size) const;
    Result<std::string> record(std::uint64_t index) const;

private:
    struct Segment {
        std::string path;
        std::uint64_t first = 0; // index of its first record
    };
    Result<> recover();
    Result<> read_segment(const std::string& path, bool last);
    Result<> begin_segment();
    Result<> check_last_checkpoint();
    void take_leaf(const Digest& leaf);
    Result<> write_levels();
    Result<Digest> node_at(unsigned level, std::uint64_t index) const;

    std::string m_directory;
    Descriptor m_file; // the last segment
    std::uint64_t m_file_size = 0;
    std::vector<Segment> m_segments;
    std::vector<std::uint64_t> m_offsets; // of the records in the last segment
    Frontier m_frontier;
    std::vector<std::vector<Digest>> m_new_nodes; // by level, not yet in the level files
    std::vector<Digest> m_half;                   // by level, the left half that waits for its right one
    std::map<std::string, std::uint64_t> m_positions;
    std::string m_last_checkpoint;
    std::uint64_t m_last_checkpoint_size = 0;
};

// Paths of the segments in order.
Result<std::vector<std::string>> segments_of(const std::string& directory);
// Calls `take` with every whole line (without its line feed) and its offset; returns the size of all whole lines.
Result<std::uint64_t> for_each_line(const std::string& path,
                                    const std::function<Result<>(std::string_view line, std::uint64_t offset)>& take);
// Texts of the checkpoints file, oldest first.
Result<std::vector<std::string>> checkpoints_of(const std::string& directory);

} // namespace sekisho::audit
