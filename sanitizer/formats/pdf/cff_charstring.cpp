// Type 2 charstrings (Adobe Technical Note 5177): run on an abstract stack; what is drawn is written, what computes is
// computed here.
#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/cff.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_operands = 96; // twice the specified 48: some producers exceed it and readers take it
constexpr unsigned most_calls = 10;
constexpr std::size_t longest_glyph = 65535;
constexpr std::int64_t one = 65536; // 16.16 fixed point

class Flattener {
public:
    Flattener(const CffIndex& global, const CffIndex& local, std::size_t& steps)
        : m_global(global), m_local(local), m_steps(steps) {}

    Result<Bytes> run(View charstring) {
        TRY(code(charstring, 0));
        if (!m_ended) m_out.u8(14);
        return m_out.take();
    }

private:
    Result<> code(View view, unsigned depth);
    Result<> operation(std::uint8_t operation, ByteReader& reader, unsigned depth, bool& returned);
    Result<> escaped(std::uint8_t operation);
    Result<> call(const CffIndex& routines, unsigned depth);
    Result<> mask(std::uint8_t operation, ByteReader& reader);
    Result<> push(std::int64_t value);
    Result<std::int64_t> pop();
    void put_number(std::int64_t value);
    Result<> emit(std::uint8_t operation, bool is_escaped = false);

    const CffIndex& m_global;
    const CffIndex& m_local;
    std::size_t& m_steps;
    std::vector<std::int64_t> m_stack;
    ByteWriter m_out;
    std::size_t m_stems = 0;
    bool m_ended = false;
};

Result<> Flattener::push(std::int64_t value) {
    if (m_stack.size() >= most_operands) return refuse(Reason::input_damaged);
    m_stack.push_back(std::clamp<std::int64_t>(value, -32768 * one, 32768 * one - 1));
    return {};
}

Result<std::int64_t> Flattener::pop() {
    if (m_stack.empty()) return refuse(Reason::input_damaged);
    const std::int64_t value = m_stack.back();
    m_stack.pop_back();
    return value;
}

void Flattener::put_number(std::int64_t value) {
    if (value % one != 0) {
        m_out.u8(255);
        return m_out.u32be(static_cast<std::uint32_t>(value));
    }
    const auto whole = static_cast<int>(value / one);
    if (whole >= -107 && whole <= 107) {
        m_out.u8(static_cast<std::uint8_t>(whole + 139));
    } else if (whole >= 108 && whole <= 1131) {
        m_out.u8(static_cast<std::uint8_t>((whole - 108) / 256 + 247));
        m_out.u8(static_cast<std::uint8_t>((whole - 108) % 256));
    } else if (whole >= -1131 && whole <= -108) {
        m_out.u8(static_cast<std::uint8_t>((-whole - 108) / 256 + 251));
        m_out.u8(static_cast<std::uint8_t>((-whole - 108) % 256));
    } else {
        m_out.u8(28);
        m_out.u16be(static_cast<std::uint16_t>(whole));
    }
}

Result<> Flattener::emit(std::uint8_t operation, bool is_escaped) {
    for (const std::int64_t value : m_stack) put_number(value);
    m_stack.clear();
    if (is_escaped) m_out.u8(12);
    m_out.u8(operation);
    if (m_out.size() > longest_glyph) return refuse(Reason::input_damaged);
    return {};
}

Result<> Flattener::call(const CffIndex& routines, unsigned depth) {
    // Technical Note 5176, section 16: numbers of subroutines are biased by how many there are.
    const std::int64_t bias = routines.size() < 1240 ? 107 : routines.size() < 33900 ? 1131 : 32768;
    const std::int64_t index = TRY(pop()) / one + bias;
    if (depth >= most_calls || index < 0 || index >= static_cast<std::int64_t>(routines.size()))
        return refuse(Reason::input_damaged);
    return code(routines[static_cast<std::size_t>(index)], depth + 1);
}

Result<> Flattener::mask(std::uint8_t operation, ByteReader& reader) {
    m_stems += m_stack.size() / 2; // vertical stems may be implied
    TRY(emit(operation));
    m_out.raw(TRY(reader.bytes((m_stems + 7) / 8))); // one bit per stem
    return {};
}

Result<> Flattener::escaped(std::uint8_t operation) {
    if (operation >= 34 && operation <= 37) return emit(operation, true); // flex
    if (operation == 0) {                                                 // dotsection, which means nothing any more
        m_stack.clear();
        return {};
    }
    const std::int64_t b = TRY(pop());
    switch (operation) {
    case 9:
        return push(b < 0 ? -b : b);
    case 14:
        return push(-b);
    case 18:
        return {}; // drop
    case 27:
        TRY(push(b));
        return push(b);
    default:
        break;
    }
    const std::int64_t a = TRY(pop());
    switch (operation) {
    case 10:
        return push(a + b);
    case 11:
        return push(a - b);
    case 12:
        return b == 0 ? Result<>(refuse(Reason::input_damaged)) : push(a * one / b);
    case 24:
        return push(a * b / one);
    case 28:
        TRY(push(b));
        return push(a);
    default:
        return refuse(Reason::input_damaged);
    }
}

Result<> Flattener::operation(std::uint8_t operation, ByteReader& reader, unsigned depth, bool& returned) {
    switch (operation) {
    case 1:
    case 3:
    case 18:
    case 23: // stems
        m_stems += m_stack.size() / 2;
        return emit(operation);
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 21:
    case 22:
    case 24:
    case 25:
    case 26:
    case 27:
    case 30:
    case 31:
        return emit(operation); // moves, lines and curves
    case 10:
        return call(m_local, depth);
    case 29:
        return call(m_global, depth);
    case 11:
        returned = true;
        return {};
    case 12:
        return escaped(TRY(reader.u8()));
    case 14:
        m_ended = true;
        return emit(operation);
    case 19:
    case 20:
        return mask(operation, reader);
    default:
        return refuse(Reason::input_damaged);
    }
}

Result<> Flattener::code(View view, unsigned depth) {
    bool returned = false;
    for (ByteReader reader(view); !reader.at_end() && !m_ended && !returned;) {
        if (m_steps == 0) return refuse(Reason::input_damaged);
        --m_steps;
        const std::uint8_t byte = TRY(reader.u8());
        if (byte == 28)
            TRY(push(static_cast<std::int16_t>(TRY(reader.u16be())) * one));
        else if (byte == 255)
            TRY(push(static_cast<std::int32_t>(TRY(reader.u32be()))));
        else if (byte >= 251)
            TRY(push((-(byte - 251) * 256 - TRY(reader.u8()) - 108) * one));
        else if (byte >= 247)
            TRY(push(((byte - 247) * 256 + TRY(reader.u8()) + 108) * one));
        else if (byte >= 32)
            TRY(push((byte - 139) * one));
        else
            TRY(operation(byte, reader, depth, returned));
    }
    return {};
}

} // namespace

Result<Bytes> flatten_charstring(View charstring, const CffIndex& global, const CffIndex& local, std::size_t& steps) {
    return Flattener(global, local, steps).run(charstring);
}

} // namespace sekisho::pdf
