#include "gateway/sanitizer/conversion.h"

#include "base/ipc/frame.h"

namespace sekisho::sanitizer {

Conversion::~Conversion() {
    if (m_connection.valid()) m_loop.forget(m_connection.get());
}

// Whoever started us holds the converter's listening socket: connecting to it works before the converter does, and
// after it has ended. Only the hang-up is of interest here, answers are for the zygote.
Result<> Conversion::keep(worker::Pool& pool) {
    m_connection = TRY(connect_to(m_path));
    TRY(pool.give_converter(m_connection));
    return m_loop.watch(m_connection.get(), 0, [this, &pool](std::uint32_t) {
        m_loop.forget(m_connection.get());
        m_connection.close();
        if (!keep(pool)) m_loop.stop();
    });
}

} // namespace sekisho::sanitizer
