// Where bytes come from and where they go. Every parser reads a Source, every writer feeds a Sink, so memory stays
// bounded whatever the size of the file.
#pragma once

#include <cstdint>

#include "base/bytes/bytes.h"
#include "base/descriptor/descriptor.h"

namespace sekisho {

// Random access to bytes that do not change while it lives (a sealed memory file, a read-only file, memory).
class Source {
public:
    virtual ~Source() = default;
    virtual std::uint64_t size() const = 0;
    // Fills `into` from `offset`; fewer bytes only at the end.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
    // All bytes at once, borrowed from this Source. A reject "limit.bytes" if there are more than `limit`.
    virtual Result<View> whole(std::uint64_t limit) const = 0;
};

class MemorySource final : public Source {
public:
    explicit MemorySource(View view) : m_view(view) {}
    std::uint64_t size() const override { return m_view.size(); }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;
    Result<View> whole(std::uint64_t limit) const override;

private:
    View m_view;
};

// Reads with pread(2), maps on whole(). Owns the descriptor.
class FileSource final : public Source {
public:
    static Result<FileSource> of(Descriptor descriptor);
    std::uint64_t size() const override { return m_size; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;
    Result<View> whole(std::uint64_t limit) const override;
    const Descriptor& descriptor() const { return m_descriptor; }

private:
    Descriptor m_descriptor;
    std::uint64_t m_size = 0;
    mutable Mapping m_mapping;
};

// A part of another Source, which must outlive it.
class SliceSource final : public Source {
public:
    SliceSource(const Source& of, std::uint64_t offset, std::uint64_t size)
        : m_of(of), m_offset(offset), m_size(size) {}
    std::uint64_t size() const override { return m_size; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;
    Result<View> whole(std::uint64_t limit) const override;

private:
    const Source& m_of;
    std::uint64_t m_offset;
    std::uint64_t m_size;
};

class Sink {
public:
    virtual ~Sink() = default;
    virtual Result<> write(View view) = 0;
    Result<> write(std::string_view text) { return write(as_view(text)); }
};

// Collects in memory; a reject "limit.bytes" beyond `limit`.
class MemorySink final : public Sink {
public:
    explicit MemorySink(std::uint64_t limit) : m_limit(limit) {}
    using Sink::write;
    Result<> write(View view) override;
    const Bytes& bytes() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

private:
    std::uint64_t m_limit;
    Bytes m_bytes;
};

// Buffers 64 KiB and writes to a descriptor that it borrows. finish() is compulsory: it flushes.
class FileSink final : public Sink {
public:
    FileSink(const Descriptor& descriptor, std::uint64_t limit) : m_descriptor(descriptor), m_limit(limit) {}
    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();
    std::uint64_t written() const { return m_written; }

private:
    const Descriptor& m_descriptor;
    std::uint64_t m_limit;
    std::uint64_t m_written = 0;
    Bytes m_buffer;
};

} // namespace sekisho
