// libzip behind our types. Everything that differs between its versions stays in libzip.cpp.
#pragma once

#include <memory>

#include "base/stream/stream.h"

struct zip;

namespace sekisho::verify {

class LibZip {
public:
    // The Source must outlive it. Refuses Reason::verify_zip_content if libzip does not open it or finds it
    // inconsistent.
    static Result<LibZip> open(const Source& source);

    std::uint64_t count() const;
    bool has_comment() const;

    struct Entry {
        std::string name; // as stored
        std::uint64_t size = 0;
        std::uint16_t method = 0;
        bool encrypted = false;
        bool comment = false;
        bool extra_fields = false; // others than the ones that libzip itself needs
    };
    Result<Entry> entry(std::uint64_t index) const;
    // Unpacks and checks the sum.
    Result<> read(std::uint64_t index, Sink& out) const;

private:
    struct Discard {
        void operator()(::zip* archive) const;
    };
    struct Reading;
    std::unique_ptr<Reading> m_reading;
    std::unique_ptr<::zip, Discard> m_archive;

    LibZip();

public:
    LibZip(LibZip&&) noexcept;
    ~LibZip();
};

} // namespace sekisho::verify
