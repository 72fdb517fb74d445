// A form's body: the first byte says in which steps it arrives.
#include <algorithm>

#include "gateway/portal/forms/multipart.h"

using namespace sekisho;

namespace {

class StepBody final : public portal::Body {
public:
    StepBody(View view, std::size_t step) : m_view(view), m_step(step) {}
    Result<std::size_t> read(std::span<std::uint8_t> into) override {
        const std::size_t count = std::min({m_step, into.size(), m_view.size()});
        std::ranges::copy(m_view.first(count), into.begin());
        m_view = m_view.subspan(count);
        return count;
    }

private:
    View m_view;
    std::size_t m_step;
};

// Everything that was taken from the form, or nothing if it was refused.
std::optional<std::string> take_all(View view, std::size_t step) {
    StepBody body(view, step);
    auto parts = portal::Multipart::of("multipart/form-data; boundary=b", body);
    if (!parts) return std::nullopt;
    std::string all;
    for (;;) {
        const auto part = parts->next();
        if (!part) return std::nullopt;
        if (!*part) return all;
        const auto text = parts->text(1 << 20);
        if (!text) return std::nullopt;
        all += (*part)->name + '\0' + (*part)->file_name.value_or("") + '\0' + *text;
    }
}

} // namespace

// The same form must mean the same, however it is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const View view(data + 1, size - 1);
    if (take_all(view, 1 + data[0] % 16) != take_all(view, 1 << 20)) bug("a form depends on how it is cut");
    return 0;
}
