// Metafiles by hand.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct Record {
    ByteWriter bytes;
    Record& i(std::int64_t value) {
        bytes.u32le(static_cast<std::uint32_t>(value));
        return *this;
    }
    Record& s(std::int64_t value) {
        bytes.u16le(static_cast<std::uint16_t>(value));
        return *this;
    }
};

// 100 x 50 device pixels, each of which is a millimetre: the picture is 1134 x 567 pixels.
class EmfMaker {
public:
    EmfMaker() {
        Record header;
        for (const int value : {0, 0, 99, 49, 0, 0, 10000, 5000, 0x464D4520, 0x10000, 0, 0, 8, 0, 0, 0})
            header.i(value);
        for (const int value : {1000, 1000, 1000, 1000}) header.i(value);
        add(1, header);
    }
    EmfMaker& add(std::uint32_t type, const Record& record, std::int64_t size = -1) {
        m_bytes.u32le(type);
        m_bytes.u32le(static_cast<std::uint32_t>(size >= 0 ? size : std::int64_t(record.bytes.size()) + 8));
        m_bytes.raw(record.bytes.bytes());
        return *this;
    }
    EmfMaker& brush(std::uint32_t colour) {
        add(39, Record().i(1).i(0).i(colour).i(0));
        add(37, Record().i(1));
        return add(37, Record().i(0x80000008)); // no pen
    }
    EmfMaker& rectangle(int left, int top, int right, int bottom) {
        return add(43, Record().i(left).i(top).i(right).i(bottom));
    }
    Bytes done() { return add(14, Record().i(0).i(16).i(20)).m_bytes.bytes(); }
    Bytes cut() { return m_bytes.bytes(); }

private:
    ByteWriter m_bytes;
};

// A placed WMF of 100 x 50 units in which both a brush and no pen are selected.
inline Bytes make_wmf(const Record& records, std::uint16_t units_per_inch = 100) {
    Record file;
    file.i(0x9AC6CDD7).s(0).s(0).s(0).s(100).s(50).s(units_per_inch).i(0).s(0);
    file.s(1).s(9).s(0x300).i(0).s(4).i(0).s(0);
    file.i(7).s(0x02FC).s(0).i(0x0000FF).s(0);    // brush
    file.i(8).s(0x02FA).s(5).s(0).s(0).i(0);      // no pen
    file.i(4).s(0x012D).s(0).i(4).s(0x012D).s(1); // both are selected
    file.bytes.raw(records.bytes.bytes());
    file.i(3).s(0);
    return file.bytes.bytes();
}

} // namespace sekisho::tests
