// No public drawing could be had: drawings are made here from the published description (jwdatafmt.txt on the site of
// Jw_cad) and Microsoft's Technical Note 2 on how MFC numbers objects.
#pragma once

#include <bit>
#include <map>
#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

class JwwSample {
public:
    explicit JwwSample(std::uint32_t version) : m_version(version) {
        out.text("JwwData.");
        out.u32le(version);
        text("memo\r\nline");
        numbers(2);
        for (int group = 0; group < 16; ++group) {
            numbers(2);
            real(100.0);
            numbers(33);
        }
        numbers(21);
        reals(3);
        numbers(2);
        reals(5);
        for (int i = 0; i < 272; ++i) text(i == 3 ? "\x95\xc7" : "");
        reals(2);
        numbers(1);
        reals(version < 300 ? 1 : 3);
        numbers(1);
        reals(6);
        for (int i = 0; i < (version < 300 ? 4 : 8); ++i) {
            reals(3);
            if (version >= 300) numbers(1);
        }
        if (version >= 300)
            for (int i = 0; i < 2; ++i) {
                reals(3);
                numbers(1);
            }
        reals(11);
        numbers(20);
        for (int i = 0; i < 10; ++i) {
            numbers(2);
            reals(1);
        }
        numbers(32 + 25 + 16 + 16);
        reals(9);
        numbers(2);
        if (version >= 420) extended();
        for (int i = 0; i < 10; ++i) {
            reals(3);
            numbers(1);
        }
        reals(3);
        numbers(2);
        reals(2);
        numbers(1);
        reals(6);
    }

    void count(std::uint16_t value) { out.u16le(value); }

    void object(const std::string& name) {
        const auto [found, made] = m_classes.try_emplace(name, m_next);
        if (made) {
            ++m_next;
            out.u16le(0xFFFF);
            out.u16le(static_cast<std::uint16_t>(m_version));
            out.u16le(static_cast<std::uint16_t>(name.size()));
            out.text(name);
        } else {
            out.u16le(static_cast<std::uint16_t>(0x8000 | found->second));
        }
        ++m_next;
    }

    void base(std::uint8_t style = 1, std::uint16_t color = 2) {
        numbers(1);
        out.u8(style);
        out.u16le(color);
        for (int i = m_version >= 351 ? 0 : 1; i < 4; ++i) out.u16le(0);
    }

    void line() {
        object("CDataSen");
        bare_line();
    }
    void bare_line() {
        base();
        reals(4);
    }
    void bare_point(std::uint8_t style = 1) {
        base(style);
        reals(2);
        numbers(1);
        if (style != 100) return;
        numbers(1);
        reals(2);
    }
    void words(std::string_view bytes) {
        object("CDataMoji");
        bare_words(bytes);
    }
    void bare_words(std::string_view bytes) {
        base();
        reals(4);
        numbers(1);
        reals(4);
        text("\x82\x6c\x82\x72 \x83\x53\x83\x56\x83\x62\x83\x4e");
        text(bytes);
    }
    void arc() {
        object("CDataEnko");
        base();
        reals(7);
        numbers(1);
    }
    void point(std::uint8_t style) {
        object("CDataTen");
        bare_point(style);
    }
    void solid(std::uint16_t color) {
        object("CDataSolid");
        base(1, color);
        reals(8);
        if (color == 10) numbers(1);
    }
    void dimension(std::string_view bytes) {
        object("CDataSunpou");
        base();
        bare_line();
        bare_words(bytes);
        if (m_version < 420) return;
        out.u16le(1);
        bare_line();
        bare_line();
        for (int i = 0; i < 4; ++i) bare_point();
    }
    void insert(std::uint32_t block) {
        object("CDataBlock");
        base();
        reals(5);
        out.u32le(block);
    }
    void block(std::uint32_t number, std::uint16_t objects) {
        object("CDataList");
        base();
        out.u32le(number);
        numbers(2);
        text("\x95\x94\x95i@@SfigorgFlag@@4");
        count(objects);
    }
    void end() {
        if (m_version >= 700) out.u32le(0);
    }

    void text(std::string_view bytes) {
        if (bytes.size() >= 255) {
            out.u8(255);
            out.u16le(static_cast<std::uint16_t>(bytes.size()));
        } else {
            out.u8(static_cast<std::uint8_t>(bytes.size()));
        }
        out.text(bytes);
    }
    void real(double value) { out.u64le(std::bit_cast<std::uint64_t>(value)); }
    void reals(int count) {
        for (int i = 0; i < count; ++i) real(0.5 + i);
    }
    void numbers(int count) {
        for (int i = 0; i < count; ++i) out.u32le(static_cast<std::uint32_t>(i));
    }
    std::string file() const { return std::string(as_text(out.bytes())); }

    ByteWriter out;

private:
    void extended() {
        numbers(2 * 257);
        for (int i = 0; i < 257; ++i) {
            text(i == 5 ? "deeppink" : "");
            numbers(2);
            reals(1);
        }
        numbers(4 * 33);
        for (int i = 0; i < 33; ++i) {
            text("");
            numbers(1);
            reals(10);
        }
    }

    std::uint32_t m_version;
    std::map<std::string, std::uint32_t> m_classes;
    std::uint32_t m_next = 1;
};

} // namespace sekisho::tests
