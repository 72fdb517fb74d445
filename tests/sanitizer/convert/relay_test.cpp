// What can a worker that was taken over do to the converter, and the converter to a worker, through the zygote between?
#include <csignal>
#include <sys/socket.h>

#include <gtest/gtest.h>

#include "sanitizer/worker/protocol.h"
#include "sanitizer/worker/relay.h"

namespace sekisho::worker {

namespace {

struct Ends {
    Descriptor ours, theirs;
};

Ends channel() {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Frame question(std::uint32_t call) {
    Frame frame;
    frame.type = Convert::type;
    frame.call = call;
    frame.payload = encode(Convert{Document::doc, Document::docx, {}});
    frame.descriptors.push_back(*make_memory_file("document"));
    frame.descriptors.push_back(*make_memory_file("output"));
    return frame;
}

Reason reason_in(const Descriptor& socket, std::uint32_t call) {
    const auto frame = receive_frame(socket);
    if (!frame || frame->type != Converted::type || frame->call != call) return Reason::internal;
    const auto answer = decode<Converted>(frame->payload);
    return answer ? answer->reason : Reason::worker_lied;
}

class RelayTest : public testing::Test {
protected:
    void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }
    Relay::SocketOf sockets() {
        return [this](pid_t worker) { return worker == 7 ? &first.ours : worker == 8 ? &second.ours : nullptr; };
    }
    void answer(std::uint32_t call, Reason reason) {
        ASSERT_TRUE(send_frame(converter.ours, Converted::type, call, encode(Converted{Verdict::refused, reason})));
        relay.take_answer(sockets());
    }
    Ends converter = channel(), first = channel(), second = channel();
    Relay relay{std::move(converter.theirs)};
};

} // namespace

TEST_F(RelayTest, AnAnswerGoesToWhoAskedUnderItsOwnNumber) {
    relay.pass_question(7, first.ours, question(1));
    relay.pass_question(8, second.ours, question(1));
    const auto one = receive_frame(converter.ours), two = receive_frame(converter.ours);
    ASSERT_TRUE(one && two);
    EXPECT_NE(one->call, two->call);
    answer(two->call, Reason::convert_unsaved);
    answer(one->call, Reason::convert_unreadable);
    EXPECT_EQ(reason_in(first.theirs, 1), Reason::convert_unreadable);
    EXPECT_EQ(reason_in(second.theirs, 1), Reason::convert_unsaved);
}

TEST_F(RelayTest, AWorkerAsksOneQuestionAtATime) {
    relay.pass_question(7, first.ours, question(1));
    relay.pass_question(7, first.ours, question(2));
    EXPECT_EQ(reason_in(first.theirs, 2), Reason::convert_unavailable);
}

TEST_F(RelayTest, AQuestionThatBreaksTheLayoutGoesNoFurther) {
    Frame broken = question(1);
    broken.payload.push_back(0);
    relay.pass_question(7, first.ours, broken);
    EXPECT_EQ(reason_in(first.theirs, 1), Reason::convert_unavailable);
    Frame bare = question(2);
    bare.descriptors.clear();
    relay.pass_question(7, first.ours, bare);
    EXPECT_EQ(reason_in(first.theirs, 2), Reason::convert_unavailable);
    char byte = 0;
    EXPECT_LT(recv(converter.ours.get(), &byte, 1, MSG_DONTWAIT), 0);
}

TEST_F(RelayTest, AnAnswerToAWorkerThatIsGoneReachesNobody) {
    relay.pass_question(7, first.ours, question(1));
    const auto asked = receive_frame(converter.ours);
    ASSERT_TRUE(asked);
    relay.forget(7);
    answer(asked->call, Reason::convert_unsaved);
    relay.pass_question(7, first.ours, question(5));
    const auto again = receive_frame(converter.ours);
    ASSERT_TRUE(again);
    answer(again->call, Reason::convert_unreadable);
    EXPECT_EQ(reason_in(first.theirs, 5), Reason::convert_unreadable) << "the old answer arrived";
}

TEST_F(RelayTest, WhenTheConverterEndsEveryWorkerHears) {
    relay.pass_question(7, first.ours, question(1));
    converter.ours.close();
    relay.take_answer(sockets());
    EXPECT_EQ(reason_in(first.theirs, 1), Reason::convert_unavailable);
    relay.pass_question(8, second.ours, question(3));
    EXPECT_EQ(reason_in(second.theirs, 3), Reason::convert_unavailable);
}

TEST_F(RelayTest, AnotherConverterIsUsedFromThereOn) {
    relay.pass_question(7, first.ours, question(1));
    Ends next = channel();
    relay.use(std::move(next.theirs), sockets());
    EXPECT_EQ(reason_in(first.theirs, 1), Reason::convert_unavailable);
    relay.pass_question(7, first.ours, question(2));
    EXPECT_TRUE(receive_frame(next.ours));
}

TEST_F(RelayTest, AConverterThatDoesNotReadHoldsUpNobody) {
    bool refused = false;
    for (pid_t worker = 100; worker < 2'000 && !refused; ++worker) {
        Ends own = channel();
        relay.pass_question(worker, own.ours, question(1));
        char byte = 0;
        refused = recv(own.theirs.get(), &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 1;
    }
    EXPECT_TRUE(refused);
}

} // namespace sekisho::worker
