#pragma once

#include "sanitizer/formats/compound_file/compound_file.h"

namespace sekisho {

// [MS-CFB] 2.1
inline constexpr std::uint32_t cfb_max_regular = 0xFFFFFFFA, cfb_end = 0xFFFFFFFE, cfb_free = 0xFFFFFFFF,
                               cfb_fat = 0xFFFFFFFD, cfb_difat = 0xFFFFFFFC, cfb_no_stream = 0xFFFFFFFF;
inline constexpr std::uint32_t cfb_mini_sector = 64;

// Builds a CompoundFile from its bytes.
class CompoundReader {
public:
    CompoundReader(const Source& in, Budget& budget);
    Result<CompoundFile> run();

private:
    struct Raw {
        CompoundFile::Entry entry;
        std::uint8_t type = 0;
        std::uint32_t left = cfb_no_stream, right = cfb_no_stream, child = cfb_no_stream;
    };

    Result<> header();
    Result<> tables();
    Result<> difat_chain(std::vector<std::uint32_t>& fat_sectors);
    Result<> directory();
    Result<Raw> raw_entry(View bytes) const;
    Result<> tree();
    Result<> siblings(std::uint32_t storage, std::vector<std::uint32_t>& storages);
    Result<> streams();

    Result<std::vector<std::uint32_t>> chain(std::uint32_t first, std::uint64_t most);
    Result<Bytes> sectors(const std::vector<std::uint32_t>& list) const;
    Result<> claim(std::uint32_t sector);

    CompoundFile m_file;
    std::uint64_t m_sector_count = 0;
    std::uint32_t m_version = 3;
    std::uint32_t m_fat_count = 0, m_first_directory = 0, m_first_mini_fat = 0, m_mini_fat_count = 0, m_first_difat = 0,
                  m_difat_count = 0;
    std::vector<std::uint32_t> m_header_difat;
    std::vector<bool> m_claimed; // sectors that something already is made of
    std::vector<Raw> m_raw;
    std::vector<bool> m_reached;
};

} // namespace sekisho
