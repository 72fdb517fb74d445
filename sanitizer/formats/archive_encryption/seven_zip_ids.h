// Inside the room only.
#pragma once

#include <cstdint>

namespace sekisho::archive_encryption {

// "Property IDs"
enum Id : std::uint8_t {
    id_end = 0x00,
    id_header = 0x01,
    id_archive_properties = 0x02,
    id_main_streams = 0x04,
    id_files = 0x05,
    id_pack = 0x06,
    id_unpack = 0x07,
    id_substreams = 0x08,
    id_size = 0x09,
    id_crc = 0x0a,
    id_folder = 0x0b,
    id_unpack_size = 0x0c,
    id_unpack_streams = 0x0d,
    id_names = 0x11,
};

} // namespace sekisho::archive_encryption
