#include "sanitizer/worker/converting.h"

#include <algorithm>

#include "base/ipc/frame.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

constexpr std::size_t piece_size = 64 * 1024;

// Sealed: the converter reads what its broker has passed on, whatever becomes of us.
Result<Descriptor> sealed_copy(const Source& in, Budget& budget) {
    Descriptor file = TRY(make_memory_file("document"));
    Bytes piece(piece_size);
    for (std::uint64_t at = 0; at < in.size();) {
        TRY(budget.check_time());
        const std::size_t count = TRY(in.read_at(at, piece));
        if (count == 0) return refuse(Reason::input_short);
        TRY(write_all(file, View(piece).first(count)));
        at += count;
    }
    TRY(seal(file));
    return file;
}

} // namespace

// Without a wait of its own: the converter's workers have a deadline, and so has this worker.
Result<> ZygoteConverter::convert(const Source& in, Sink& out, const Conversion& conversion) {
    Descriptor document = TRY(sealed_copy(in, m_budget));
    Pipe pipe = TRY(make_pipe());
    const Convert question{conversion.from, conversion.to, std::string(conversion.password), conversion.now};
    const std::uint32_t call = m_next++;
    const std::array<int, 2> passed{document.get(), pipe.write_end.get()};
    if (!send_frame(m_channel, Convert::type, call, encode(question), passed))
        return refuse(Reason::convert_unavailable);
    pipe.write_end.close();
    document.close();
    Bytes piece(piece_size);
    while (const std::size_t count = TRY(read_some(pipe.read_end, piece))) {
        TRY(m_budget.take_unpacked(count));
        TRY(out.write(View(piece).first(count)));
    }
    const Frame frame = TRY(receive_frame(m_channel));
    if (frame.type != Converted::type || frame.call != call) return refuse(Reason::convert_unavailable);
    const auto answer = decode<Converted>(frame.payload);
    if (!answer) return refuse(Reason::worker_lied);
    if (answer->verdict == Verdict::delivered) return {};
    return refuse(answer->reason == Reason::none ? Reason::worker_lied : answer->reason);
}

} // namespace sekisho::worker
