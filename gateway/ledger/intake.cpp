#include "gateway/ledger/intake.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <thread>

#include "gateway/ledger/copy.h"

namespace sekisho::ledger {

// One thread and the pipes that it waits for.
class Intake::Copier {
public:
    Copier(Intake& intake, Loop loop) : m_intake(intake), m_loop(std::move(loop)), m_buffer(256 * 1024) {
        m_loop.after(interval(), [this] { look_for_silence(); });
        m_thread = std::thread([this] { static_cast<void>(m_loop.run()); });
    }
    ~Copier() {
        m_loop.post([this] { m_loop.stop(); });
        m_thread.join();
    }
    void add(std::shared_ptr<Copy> copy) {
        m_loop.post([this, copy = std::move(copy)] { begin(copy); });
    }

private:
    std::chrono::milliseconds interval() const {
        const auto shortest = std::min(m_intake.m_options.pipe_idle, m_intake.m_options.output_idle);
        return std::max(shortest / 4, std::chrono::milliseconds(10));
    }
    void begin(const std::shared_ptr<Copy>& copy) {
        if (auto begun = copy->begin(); !begun) return end(copy, begun.error());
        const int pipe = copy->order.pipe.get();
        if (fcntl(pipe, F_SETFL, O_NONBLOCK) != 0) return end(copy, fail_errno("upload.pipe", "set up a pipe").error());
        m_copies[pipe] = copy;
        if (!advance(copy)) return; // what is small has often come already
        if (auto watched = m_loop.watch(pipe, EPOLLIN, [this, copy](std::uint32_t) { advance(copy); }); !watched)
            end(copy, watched.error());
    }
    // Returns whether there is more to wait for.
    bool advance(const std::shared_ptr<Copy>& copy) {
        const auto step = copy->advance(m_intake.m_spool, m_intake.m_options.reserve_bytes, m_buffer);
        if (step && *step == Copy::Step::wait) {
            checkpoint(copy);
            return true;
        }
        const auto checked = step ? copy->check_piece() : Result<>(std::unexpected(step.error()));
        end(copy, checked ? std::nullopt : std::optional<Error>(checked.error()));
        return false;
    }
    // What came so far becomes durable now and then: a broken line then costs little of a large upload.
    void checkpoint(const std::shared_ptr<Copy>& copy) {
        if (!copy->checkpoint_is_due()) return;
        if (const auto size = copy->sync_so_far(); size && copy->progress)
            m_intake.m_loop.post([copy, size = *size] { copy->progress(size); });
    }
    void end(const std::shared_ptr<Copy>& copy, std::optional<Error> error) {
        const int pipe = copy->order.pipe.get();
        m_loop.forget(pipe);
        m_copies.erase(pipe);
        copy->order.pipe.close();
        copy->failed = std::move(error);
        m_intake.sync_and_report(copy);
    }
    void look_for_silence() {
        const auto now = std::chrono::steady_clock::now();
        const Options& options = m_intake.m_options;
        std::vector<std::shared_ptr<Copy>> silent;
        for (const auto& [pipe, copy] : m_copies)
            if (now - copy->last_heard > (copy->order.is_output ? options.output_idle : options.pipe_idle))
                silent.push_back(copy);
        for (const auto& copy : silent) end_silent(copy);
        m_loop.after(interval(), [this] { look_for_silence(); });
    }
    // A sender may go on later with what is there; a worker's output that nobody ended is no output.
    void end_silent(const std::shared_ptr<Copy>& copy) {
        if (copy->order.is_output) return end(copy, fail("output.stalled", "the output did not end").error());
        const auto checked = copy->check_piece();
        end(copy, checked ? std::nullopt : std::optional<Error>(checked.error()));
    }

    Intake& m_intake;
    Loop m_loop;
    Bytes m_buffer;
    std::unordered_map<int, std::shared_ptr<Copy>> m_copies;
    std::thread m_thread;
};

Intake::Intake(Loop& loop, const Spool& spool, const Options& options)
    : m_loop(loop), m_spool(spool), m_options(options), m_syncers(options.sync_threads) {
    for (unsigned i = 0; i < std::max(options.copy_threads, 1U); ++i) {
        auto own = Loop::create();
        if (!own) bug(to_line(own.error()));
        m_copiers.push_back(std::make_unique<Copier>(*this, std::move(*own)));
    }
}

Intake::~Intake() {
    m_copiers.clear();
}

void Intake::copy(CopyOrder order, Done done, Progress progress, Written written) {
    ++m_running;
    m_copiers[m_next++ % m_copiers.size()]->add(
        std::make_shared<Copy>(std::move(order), std::move(done), std::move(progress), std::move(written)));
}

void Intake::report(std::shared_ptr<Copy> copy, Copied copied) {
    m_loop.post([this, copy = std::move(copy), copied = std::move(copied)]() mutable {
        --m_running;
        copy->done(std::move(copied));
    });
}

void Intake::sync_and_report(std::shared_ptr<Copy> copy) {
    if (!copy->failed && copy->is_whole_in_memory()) {
        Copied copied = copy->take_memory();
        return report(std::move(copy), std::move(copied));
    }
    if (!copy->failed && copy->written)
        m_loop.post([copy, copied = copy->so_far()]() mutable { copy->written(std::move(copied)); });
    m_syncers.post([this, copy = std::move(copy)](Nothing&) {
        if (copy->failed) copy->drop();
        auto synced = copy->sync();
        Copied copied;
        if (copy->failed)
            copied.error = copy->failed;
        else if (!synced)
            copied.error = synced.error();
        else
            copied = std::move(*synced);
        report(copy, std::move(copied));
    });
}

} // namespace sekisho::ledger
