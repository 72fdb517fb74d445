// Inside the room only.
#pragma once

namespace sekisho::archive_encryption {

// Lets a std::unique_ptr end what OpenSSL made.
template <auto function> struct Free {
    void operator()(auto* object) const { function(object); }
};

} // namespace sekisho::archive_encryption
