// Compound files for tests: version 3, streams in sectors of their own or in the small ones.
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct OleNode {
    std::string name;
    Bytes content;                 // of a stream
    std::vector<OleNode> children; // of a storage
    bool storage = false;
};

inline OleNode stream(std::string name, Bytes content) {
    return {std::move(name), std::move(content), {}, false};
}
inline OleNode storage(std::string name, std::vector<OleNode> children) {
    return {std::move(name), {}, std::move(children), true};
}

class OleBuilder {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF, end = 0xFFFFFFFE;

    Bytes build(const std::vector<OleNode>& children) {
        m_entries.push_back({"Root Entry", 5, none, none, none, end, 0});
        m_entries[0].child = add(children);
        const auto directory_sectors = static_cast<std::uint32_t>((m_entries.size() + 3) / 4);
        if (!m_mini.empty()) {
            m_entries[0].size = m_mini.size();
            m_entries[0].first = put(m_mini);
        }
        const std::uint32_t mini_fat = m_mini_fat.empty() ? end : put(numbers(m_mini_fat));
        Bytes directory;
        for (const Entry& entry : m_entries) append(directory, entry);
        directory.resize(directory_sectors * 512);
        const std::uint32_t first_directory = put(directory);
        const auto fat_sector = static_cast<std::uint32_t>(m_fat.size());
        std::size_t fat_sectors = 1; // it has room for itself
        while (fat_sectors * 128 < m_fat.size() + fat_sectors) ++fat_sectors;
        m_fat.insert(m_fat.end(), fat_sectors, 0xFFFFFFFD);
        Bytes fat = numbers(m_fat);
        fat.resize(fat_sectors * 512, 0xFF);
        m_data.insert(m_data.end(), fat.begin(), fat.end());
        Bytes file = header(first_directory, mini_fat, fat_sector, static_cast<std::uint32_t>(fat_sectors));
        file.insert(file.end(), m_data.begin(), m_data.end());
        return file;
    }

private:
    struct Entry {
        std::string name;
        std::uint8_t type;
        std::uint32_t left, right, child, first;
        std::uint64_t size;
    };

    // A list is a valid (if lopsided) tree of siblings.
    std::uint32_t add(const std::vector<OleNode>& nodes) {
        std::uint32_t first = none, last = none;
        for (const OleNode& node : nodes) {
            const auto index = static_cast<std::uint32_t>(m_entries.size());
            m_entries.push_back({node.name, static_cast<std::uint8_t>(node.storage ? 1 : 2), none, none, none, end, 0});
            if (last == none)
                first = index;
            else
                m_entries[last].right = index;
            last = index;
            if (node.storage) {
                const std::uint32_t child = add(node.children);
                m_entries[index].child = child;
                continue;
            }
            m_entries[index].size = node.content.size();
            if (!node.content.empty())
                m_entries[index].first = node.content.size() < 4096 ? put_mini(node.content) : put(node.content);
        }
        return first;
    }

    std::uint32_t put(const Bytes& bytes) {
        const auto first = static_cast<std::uint32_t>(m_fat.size());
        const std::size_t count = (bytes.size() + 511) / 512;
        for (std::size_t i = 0; i < count; ++i)
            m_fat.push_back(i + 1 < count ? first + static_cast<std::uint32_t>(i) + 1 : end);
        m_data.insert(m_data.end(), bytes.begin(), bytes.end());
        m_data.resize(m_fat.size() * 512);
        return first;
    }
    std::uint32_t put_mini(const Bytes& bytes) {
        const auto first = static_cast<std::uint32_t>(m_mini_fat.size());
        const std::size_t count = (bytes.size() + 63) / 64;
        for (std::size_t i = 0; i < count; ++i)
            m_mini_fat.push_back(i + 1 < count ? first + static_cast<std::uint32_t>(i) + 1 : end);
        m_mini.insert(m_mini.end(), bytes.begin(), bytes.end());
        m_mini.resize(m_mini_fat.size() * 64);
        return first;
    }
    static Bytes numbers(const std::vector<std::uint32_t>& list) {
        ByteWriter writer;
        for (const std::uint32_t one : list) writer.u32le(one);
        return writer.take();
    }
    static void append(Bytes& out, const Entry& entry) {
        ByteWriter writer;
        for (const char c : entry.name) writer.u16le(static_cast<std::uint8_t>(c));
        while (writer.size() < 64) writer.u8(0);
        writer.u16le(static_cast<std::uint16_t>(entry.name.size() * 2 + 2));
        writer.u8(entry.type);
        writer.u8(1);
        writer.u32le(entry.left);
        writer.u32le(entry.right);
        writer.u32le(entry.child);
        for (int i = 0; i < 36; ++i) writer.u8(0);
        writer.u32le(entry.first);
        writer.u64le(entry.size);
        const Bytes bytes = writer.take();
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    static Bytes header(std::uint32_t directory, std::uint32_t mini_fat, std::uint32_t fat, std::uint32_t fat_sectors) {
        ByteWriter writer;
        writer.text("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        for (int i = 0; i < 16; ++i) writer.u8(0);
        for (const unsigned one : {0x3EU, 3U, 0xFFFEU, 9U, 6U}) writer.u16le(static_cast<std::uint16_t>(one));
        for (int i = 0; i < 6; ++i) writer.u8(0);
        for (const std::uint32_t one :
             {0U, fat_sectors, directory, 0U, 4096U, mini_fat, mini_fat == end ? 0U : 1U, end, 0U})
            writer.u32le(one);
        for (std::uint32_t i = 0; i < fat_sectors; ++i) writer.u32le(fat + i);
        while (writer.size() < 512) writer.u32le(none);
        return writer.take();
    }

    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_fat, m_mini_fat;
    Bytes m_data, m_mini;
};

inline Bytes ole_file(const std::vector<OleNode>& children) {
    return OleBuilder().build(children);
}

} // namespace sekisho::tests
