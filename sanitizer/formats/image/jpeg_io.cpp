#include "sanitizer/formats/image/jpeg_io.h"

#include <algorithm>
#include <new>

#include <jerror.h>

#include "base/stream/stream.h"

namespace sekisho::image {

// What may throw or allocate is in the noexcept helpers: their frames are gone before anything jumps.

bool JpegIo::refill(JpegCodec& codec) noexcept {
    try {
        const auto count = codec.m_source.read_at(codec.m_offset, codec.m_in_buffer);
        if (!count) {
            codec.m_reason = reason_of(count.error());
            return false;
        }
        codec.m_offset += *count;
        codec.m_reader.next_input_byte = codec.m_in_buffer.data();
        codec.m_reader.bytes_in_buffer = *count;
        return true;
    } catch (...) {
        codec.m_reason = Reason::limit_memory;
        return false;
    }
}

bool JpegIo::append(JpegCodec& codec, std::size_t count) noexcept {
    if (count > codec.m_most_output - codec.m_output.size()) return false;
    try {
        const auto* begin = codec.m_out_buffer.data();
        codec.m_output.insert(codec.m_output.end(), begin, begin + count);
        return true;
    } catch (...) {
        return false;
    }
}

bool JpegIo::in_time(JpegCodec& codec) noexcept {
    try {
        return codec.m_budget.check_time().has_value();
    } catch (...) {
        return false;
    }
}

void JpegIo::escape(JpegCodec& codec, Reason reason) {
    codec.m_reason = reason;
    std::longjmp(codec.m_jump, 1);
}

void JpegIo::on_error(j_common_ptr info) {
    JpegCodec& codec = codec_of(info);
    switch (info->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
        escape(codec, Reason::limit_memory);
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_COMPONENT_COUNT:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
        escape(codec, Reason::image_unsupported);
    case JERR_IMAGE_TOO_BIG:
        escape(codec, Reason::limit_pixels);
    default:
        escape(codec, Reason::input_damaged);
    }
}

void JpegIo::on_message(j_common_ptr info, int level) {
    if (level >= 0) return;
    JpegCodec& codec = codec_of(info);
    const int code = info->err->msg_code;
    const bool harmless =
        code == JWRN_EXTRANEOUS_DATA || code == JWRN_JPEG_EOF || code == JWRN_JFIF_MAJOR || code == JWRN_ADOBE_XFORM;
    codec.m_serious += harmless ? 0U : 1U;
    if (++codec.m_warnings > most_warnings) escape(codec, Reason::input_damaged);
}

// Called for every row of blocks that is read.
void JpegIo::on_progress(j_common_ptr info) {
    JpegCodec& codec = codec_of(info);
    if (codec.m_in.input_scan_number > static_cast<int>(most_scans)) escape(codec, Reason::image_scans);
    if (!in_time(codec)) escape(codec, Reason::limit_seconds);
}

boolean JpegIo::fill(j_decompress_ptr info) {
    JpegCodec& codec = codec_of(info);
    if (!refill(codec)) escape(codec, codec.m_reason);
    if (codec.m_reader.bytes_in_buffer != 0) return TRUE;
    codec.m_input_ended = true;
    WARNMS(info, JWRN_JPEG_EOF);
    codec.m_in_buffer[0] = 0xFF; // an end marker, so that what is there can be used
    codec.m_in_buffer[1] = JPEG_EOI;
    codec.m_reader.next_input_byte = codec.m_in_buffer.data();
    codec.m_reader.bytes_in_buffer = 2;
    return TRUE;
}

void JpegIo::skip(j_decompress_ptr info, long count) {
    jpeg_source_mgr& reader = *info->src;
    for (auto left = static_cast<std::size_t>(std::max(count, 0L)); left != 0;) {
        if (reader.bytes_in_buffer == 0) fill(info);
        const std::size_t step = std::min(left, reader.bytes_in_buffer);
        reader.next_input_byte += step;
        reader.bytes_in_buffer -= step;
        left -= step;
    }
}

unsigned JpegIo::next_byte(j_decompress_ptr info) {
    if (info->src->bytes_in_buffer == 0) fill(info);
    --info->src->bytes_in_buffer;
    return *info->src->next_input_byte++;
}

// JFIF and Adobe segments tell libjpeg how the colours are stored, as its own reader of them would.
void JpegIo::read_known(j_decompress_ptr info, std::size_t length) {
    const auto& data = codec_of(info).m_segment;
    const View content(data.data(), length);
    if (info->unread_marker == JPEG_APP0 && length >= 14 && starts_with(content, std::string_view("JFIF\0", 5))) {
        info->saw_JFIF_marker = TRUE;
        info->density_unit = data[7];
        info->X_density = static_cast<UINT16>(data[8] << 8 | data[9]);
        info->Y_density = static_cast<UINT16>(data[10] << 8 | data[11]);
    }
    if (info->unread_marker == JPEG_APP0 + 14 && length >= 12 && starts_with(content, "Adobe")) {
        info->saw_Adobe_marker = TRUE;
        info->Adobe_transform = data[11];
    }
}

boolean JpegIo::segment(j_decompress_ptr info) {
    JpegCodec& codec = codec_of(info);
    const unsigned high = next_byte(info);
    const unsigned length = high << 8 | next_byte(info);
    if (length < 2) escape(codec, Reason::input_damaged);
    for (unsigned i = 0; i < length - 2; ++i) codec.m_segment[i] = static_cast<std::uint8_t>(next_byte(info));
    read_known(info, length - 2);
    const View content(codec.m_segment.data(), length - 2);
    if (!codec.m_segments.add(static_cast<unsigned>(info->unread_marker), content))
        escape(codec, Reason::image_unsupported);
    return TRUE;
}

boolean JpegIo::flush(j_compress_ptr info) {
    JpegCodec& codec = codec_of(info);
    if (!append(codec, codec.m_out_buffer.size())) escape(codec, Reason::limit_memory);
    codec.m_writer.next_output_byte = codec.m_out_buffer.data();
    codec.m_writer.free_in_buffer = codec.m_out_buffer.size();
    return TRUE;
}

void JpegIo::connect(JpegCodec& codec) {
    jpeg_std_error(&codec.m_errors);
    codec.m_errors.error_exit = on_error;
    codec.m_errors.emit_message = on_message;
    codec.m_errors.output_message = [](j_common_ptr) {};
    codec.m_in.err = &codec.m_errors;
    codec.m_out.err = &codec.m_errors;
    codec.m_in.client_data = &codec; // jpeg_create_*() keeps err and client_data
    codec.m_out.client_data = &codec;
    codec.m_reader.init_source = [](j_decompress_ptr) {};
    codec.m_reader.fill_input_buffer = fill;
    codec.m_reader.skip_input_data = skip;
    codec.m_reader.resync_to_restart = jpeg_resync_to_restart;
    codec.m_reader.term_source = [](j_decompress_ptr) {};
    codec.m_writer.init_destination = [](j_compress_ptr) {};
    codec.m_writer.empty_output_buffer = flush;
    codec.m_writer.term_destination = [](j_compress_ptr info) {
        JpegCodec& at = codec_of(info);
        if (!append(at, at.m_out_buffer.size() - at.m_writer.free_in_buffer)) escape(at, Reason::limit_memory);
    };
    codec.m_progress.progress_monitor = on_progress;
}

void JpegIo::attach_input(JpegCodec& codec) {
    codec.m_in.src = &codec.m_reader;
    codec.m_in.progress = &codec.m_progress;
    for (int number = 0; number < 16; ++number) jpeg_set_marker_processor(&codec.m_in, JPEG_APP0 + number, segment);
    jpeg_set_marker_processor(&codec.m_in, JPEG_COM, segment);
}

void JpegIo::attach_output(JpegCodec& codec) {
    codec.m_out.dest = &codec.m_writer;
    codec.m_writer.next_output_byte = codec.m_out_buffer.data();
    codec.m_writer.free_in_buffer = codec.m_out_buffer.size();
}

} // namespace sekisho::image
