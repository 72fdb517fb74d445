// The callbacks through which libjpeg reads, writes and complains. Only jpeg_codec.cpp uses them.
#pragma once

#include "sanitizer/formats/image/jpeg_codec.h"

namespace sekisho::image {

struct JpegIo {
    // Fills the codec's manager structures.
    static void connect(JpegCodec& codec);
    // After the two jpeg objects were created.
    static void attach_input(JpegCodec& codec);
    static void attach_output(JpegCodec& codec);
    // Gives up: never returns to libjpeg.
    [[noreturn]] static void escape(JpegCodec& codec, Reason reason);
    template <typename Info> static JpegCodec& codec_of(Info* info) {
        return *static_cast<JpegCodec*>(info->client_data);
    }

private:
    static void on_error(j_common_ptr info);
    static void on_message(j_common_ptr info, int level);
    static void on_progress(j_common_ptr info);
    static boolean fill(j_decompress_ptr info);
    static void skip(j_decompress_ptr info, long count);
    static boolean segment(j_decompress_ptr info);
    static unsigned next_byte(j_decompress_ptr info);
    static void read_known(j_decompress_ptr info, std::size_t length);
    static boolean flush(j_compress_ptr info);
    static bool refill(JpegCodec& codec) noexcept;
    static bool append(JpegCodec& codec, std::size_t count) noexcept;
    static bool in_time(JpegCodec& codec) noexcept;
};

} // namespace sekisho::image
