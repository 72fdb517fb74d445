#include "sanitizer/verify/jww/jww.h"

#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/jww/reader.h"

namespace sekisho::verify {

namespace {

using archive_file::Reader;

class Judge {
public:
    explicit Judge(View file) : m_in(file) {}

    Result<> run() {
        if (as_text(TRY(m_in.in().bytes(8))) != "JwwData.") return refuse(Reason::verify_jww_shape);
        m_version = TRY(m_in.in().u32le());
        if (m_version != 230 && (m_version < 300 || m_version > 700)) return refuse(Reason::verify_jww_shape);
        TRY(header());
        TRY(entities());
        for (std::uint32_t left = TRY(m_in.count()); left > 0; --left) {
            if (TRY(m_in.object()) != "CDataList") return refuse(Reason::verify_jww_class);
            TRY(base());
            TRY(m_in.numbers(3));
            TRY(m_in.text(Reader::Text::name));
            TRY(entities());
        }
        if (m_version >= 700 && TRY(m_in.in().u32le()) != 0) return refuse(Reason::verify_jww_shape);
        return m_in.in().at_end() ? Result<>() : refuse(Reason::verify_jww_shape);
    }

private:
    Result<> names(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) TRY(m_in.text(Reader::Text::name));
        return {};
    }

    // So many times: numbers, reals, numbers.
    Result<> rows(int times, std::size_t before, std::size_t reals, std::size_t after) {
        for (int i = 0; i < times; ++i) {
            TRY(m_in.numbers(before));
            TRY(m_in.reals(reals));
            TRY(m_in.numbers(after));
        }
        return {};
    }

    Result<> header() {
        TRY(m_in.text(Reader::Text::lines));
        TRY(m_in.numbers(2));
        TRY(rows(16, 2, 1, 1 + 32));
        TRY(rows(1, 21, 3, 2));
        TRY(m_in.reals(5));
        TRY(names(256 + 16));
        TRY(views());
        TRY(rows(1, 20, 0, 0));
        TRY(rows(10, 2, 1, 0));
        TRY(rows(1, 32 + 25 + 16 + 11 + 5, 5 + 4, 2));
        if (m_version >= 420) TRY(extended());
        TRY(rows(10, 0, 3, 1));
        TRY(rows(1, 0, 3, 2));
        TRY(rows(1, 0, 2, 1));
        return m_in.reals(6);
    }

    Result<> views() {
        const bool old = m_version < 300;
        TRY(rows(1, 0, 2, 1));
        TRY(rows(1, 0, old ? 1 : 3, 1));
        TRY(m_in.reals(6));
        TRY(old ? rows(4, 0, 3, 0) : rows(8, 0, 3, 1));
        if (!old) TRY(rows(2, 0, 3, 1));
        return m_in.reals(11);
    }

    Result<> extended() {
        TRY(m_in.numbers(2 * 257));
        for (int i = 0; i < 257; ++i) {
            TRY(names(1));
            TRY(rows(1, 2, 1, 0));
        }
        TRY(m_in.numbers(4 * 33));
        for (int i = 0; i < 33; ++i) {
            TRY(names(1));
            TRY(rows(1, 1, 10, 0));
        }
        return {};
    }

    struct Pen {
        std::uint8_t style;
        std::uint16_t color;
    };

    Result<Pen> base() {
        TRY(m_in.numbers(1));
        Pen pen{};
        pen.style = TRY(m_in.in().u8());
        pen.color = TRY(m_in.in().u16le());
        TRY(m_in.in().skip(m_version >= 351 ? 8 : 6));
        return pen;
    }

    Result<> line() {
        TRY(base());
        return m_in.reals(4);
    }

    Result<> point() {
        const Pen pen = TRY(base());
        TRY(rows(1, 0, 2, 1));
        return pen.style == 100 ? rows(1, 1, 2, 0) : Result<>();
    }

    Result<> words() {
        TRY(base());
        TRY(rows(1, 0, 4, 1));
        TRY(m_in.reals(4));
        TRY(names(1));
        return m_in.text(Reader::Text::words);
    }

    Result<> dimension() {
        TRY(base());
        TRY(line());
        TRY(words());
        if (m_version < 420) return {};
        TRY(m_in.in().skip(2));
        for (int i = 0; i < 2; ++i) TRY(line());
        for (int i = 0; i < 4; ++i) TRY(point());
        return {};
    }

    Result<> solid() {
        const Pen pen = TRY(base());
        TRY(m_in.reals(8));
        return m_in.numbers(pen.color == 10 ? 1 : 0);
    }

    Result<> entities() {
        for (std::uint32_t left = TRY(m_in.count()); left > 0; --left) TRY(entity(TRY(m_in.object())));
        return {};
    }

    Result<> entity(std::string_view name) {
        if (name == "CDataSen") return line();
        if (name == "CDataTen") return point();
        if (name == "CDataMoji") return words();
        if (name == "CDataSunpou") return dimension();
        if (name == "CDataSolid") return solid();
        if (name != "CDataEnko" && name != "CDataBlock") return refuse(Reason::verify_jww_class);
        TRY(base());
        return rows(1, 0, name == "CDataEnko" ? 7 : 5, 1);
    }

    Reader m_in;
    std::uint32_t m_version = 0;
};

} // namespace

Result<> jww(const Source& source, const Limits& limits) try {
    return Judge(TRY(source.whole(limits.bytes_out))).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
