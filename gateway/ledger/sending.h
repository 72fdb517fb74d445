// What portals ask for people who send.
#pragma once

#include "gateway/ledger/core.h"

namespace sekisho::ledger {

class Sending {
public:
    using Received = std::function<void(const TransferId&)>; // runs once it is durable

    Sending(Core& core, Received received) : m_core(core), m_received(std::move(received)) {}
    Result<> create(const CreateUpload& wanted, const Caller& caller);
    Result<> status(const UploadStatus& asked, const Caller& caller);
    Result<> append(const AppendUpload& piece, const Caller& caller);
    Result<> withdraw(const Withdraw& asked, const Caller& caller);

private:
    Result<> check_wanted(const CreateUpload& wanted) const;
    Result<> check_piece(const AppendUpload& piece, const Transfer& transfer) const;
    Result<Transfer> own(const TransferId& id, const Person& sender, const std::string& zone) const;
    Result<> refuse_by_policy(const Transfer& transfer, const Admission& admission, const Caller& caller);
    void start_copy(const AppendUpload& piece, const Transfer& transfer, const Caller& caller);
    Result<> arrived(const TransferId& id, const Copied& copied, const CallPointer& call);
    Result<> became_whole(Transfer& transfer, const Copied& copied);
    void checkpoint(const TransferId& id, std::uint64_t durable);

    Core& m_core;
    Received m_received;
    std::set<TransferId> m_appending;
};

UploadState upload_state_of(const Transfer& transfer);

} // namespace sekisho::ledger
