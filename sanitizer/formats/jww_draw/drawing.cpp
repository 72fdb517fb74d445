#include "sanitizer/formats/jww_draw/drawing.h"

#include <algorithm>
#include <bit>

#include "sanitizer/formats/jww/layout.h"

namespace sekisho::jww {

namespace {

// Gathers the numbers of a part of the header.
class Numbers final : public Fields {
public:
    explicit Numbers(ArchiveReader& in) : m_in(in) {}
    Result<> number() override {
        values.push_back(TRY(m_in.in().u32le()));
        return {};
    }
    Result<> real() override {
        values.push_back(std::bit_cast<double>(TRY(m_in.in().u64le())));
        return {};
    }
    Result<> text() override {
        TRY(m_in.text());
        return {};
    }
    std::vector<double> values;

private:
    ArchiveReader& m_in;
};

std::uint32_t whole(double value) {
    return value >= 0 && value < 4294967296.0 ? static_cast<std::uint32_t>(value) : 0;
}

class Read {
public:
    Read(View file, Budget& budget) : m_in(file), m_budget(budget) { m_drawing.file = file; }

    Result<Drawing> run() {
        constexpr std::size_t sign = 8;
        TRY(m_in.in().skip(sign));
        m_drawing.version = TRY(m_in.in().u32le());
        TRY(part(memo));
        layers(TRY(part(sheet)));
        for (const std::string_view layout : {names, views}) TRY(part(layout));
        pens_of(TRY(part(pens)));
        colors(TRY(part(extended)));
        TRY(part(texts));
        TRY(list(m_drawing.elements));
        bool escaped = false;
        const std::uint32_t blocks = TRY(m_in.count(escaped));
        for (std::uint32_t i = 0; i < blocks; ++i) TRY(block());
        return std::move(m_drawing);
    }

private:
    Result<std::vector<double>> part(std::string_view layout) {
        Numbers numbers(m_in);
        TRY(visit(layout, m_drawing.version, numbers));
        return std::move(numbers.values);
    }

    // The size and the group at hand; then per group its state, three more, and per layer its state and one more.
    // State 0: not shown.
    void layers(const std::vector<double>& numbers) {
        constexpr std::size_t first = 2, per_group = 36, first_layer = 4, per_layer = 2;
        m_drawing.size = whole(numbers[0]);
        for (std::size_t group = 0; group < 16; ++group) {
            const std::size_t at = first + group * per_group;
            for (std::size_t layer = 0; layer < 16; ++layer)
                m_drawing.shown[group][layer] = numbers[at] != 0 && numbers[at + first_layer + layer * per_layer] != 0;
        }
    }

    // Ten times a colour and a width on the screen, then ten times colour, width and size of a point in print. Widths
    // are dots of 1/300 inch; large ones hundredths of a millimetre.
    void pens_of(const std::vector<double>& numbers) {
        constexpr std::size_t screen = 2, print = 3;
        constexpr double dot = 25.4 / 300, most_dots = 16, widest = 5;
        for (std::size_t i = 0; i < m_drawing.pens.size(); ++i) {
            const double width = numbers[m_drawing.pens.size() * screen + i * print + 1];
            m_drawing.pens[i] = {whole(numbers[i * screen]),
                                 std::clamp(width < most_dots ? width * dot : width / 100, 0.0, widest)};
        }
    }

    void colors(const std::vector<double>& numbers) {
        constexpr std::size_t count = 257, fields = 2;
        for (std::size_t i = 0; i < count && i * fields < numbers.size(); ++i)
            m_drawing.more_colors.push_back(whole(numbers[i * fields]));
    }

    Result<> list(std::vector<Stored>& into) {
        bool escaped = false;
        const std::uint32_t count = TRY(m_in.count(escaped));
        for (std::uint32_t i = 0; i < count; ++i) {
            TRY(m_budget.check_time());
            const auto* of = TRY(m_in.object());
            const Kind kind = TRY(kind_of(of->name));
            into.push_back({kind, m_in.in().position()});
            TRY(read_element(m_in, kind, m_drawing.version));
        }
        return {};
    }

    Result<> block() {
        TRY(m_in.object());
        TRY(read_base(m_in, m_drawing.version));
        const std::uint32_t number = TRY(m_in.in().u32le());
        TRY(m_in.in().skip(8)); // whether it is used, and when it was made
        TRY(m_in.text());
        return list(m_drawing.blocks[number]);
    }

    ArchiveReader m_in;
    Budget& m_budget;
    Drawing m_drawing;
};

} // namespace

Result<Element> Drawing::read(const Stored& stored) const {
    ArchiveReader in(file.subspan(stored.at));
    return read_element(in, stored.kind, version);
}

Result<Drawing> read_drawing(View file, Budget& budget) {
    return Read(file, budget).run();
}

} // namespace sekisho::jww
