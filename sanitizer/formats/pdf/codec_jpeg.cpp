#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

#include "sanitizer/formats/pdf/codecs.h"

namespace sekisho::pdf {

namespace {

constexpr int most_scans = 200; // progressive scans cost a pass each

struct Failure {
    jpeg_error_mgr manager;
    std::jmp_buf target;
};

[[noreturn]] void on_error(j_common_ptr common) {
    auto* failure = static_cast<Failure*>(static_cast<void*>(common->err));
    std::longjmp(failure->target, 1);
}

void on_message(j_common_ptr, int) {}
void on_output(j_common_ptr) {}

void on_progress(j_common_ptr common) {
    auto* reader = static_cast<jpeg_decompress_struct*>(static_cast<void*>(common));
    if (reader->input_scan_number > most_scans) on_error(common);
}

// libjpeg leaves by longjmp, so nothing in these functions may own anything but through this.
struct State {
    jpeg_decompress_struct reader{};
    jpeg_compress_struct writer{};
    jpeg_progress_mgr progress{};
    Failure failure{};
    unsigned char* out = nullptr;
    unsigned long size = 0;

    State() {
        reader.err = jpeg_std_error(&failure.manager);
        writer.err = &failure.manager;
        failure.manager.error_exit = on_error;
        failure.manager.emit_message = on_message;
        failure.manager.output_message = on_output;
        progress.progress_monitor = on_progress;
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        jpeg_destroy_decompress(&reader);
        jpeg_destroy_compress(&writer);
        std::free(out);
    }
};

bool read_header(State& state, View jpeg) {
    if (setjmp(state.failure.target) != 0) return false;
    jpeg_create_decompress(&state.reader);
    jpeg_create_compress(&state.writer);
    jpeg_mem_src(&state.reader, jpeg.data(), jpeg.size());
    if (jpeg_read_header(&state.reader, TRUE) != JPEG_HEADER_OK) return false;
    return state.reader.num_components >= 1 && state.reader.num_components <= 4;
}

bool transcode(State& state) {
    if (setjmp(state.failure.target) != 0) return false;
    state.reader.progress = &state.progress;
    jvirt_barray_ptr* coefficients = jpeg_read_coefficients(&state.reader);
    jpeg_mem_dest(&state.writer, &state.out, &state.size);
    jpeg_copy_critical_parameters(&state.reader, &state.writer);
    state.writer.write_JFIF_header = FALSE;
    // Readers take the transform from the Adobe marker, and from it alone for four components.
    state.writer.write_Adobe_marker = state.reader.saw_Adobe_marker;
    jpeg_write_coefficients(&state.writer, coefficients);
    jpeg_finish_compress(&state.writer);
    return true;
}

} // namespace

Result<Jpeg> rewrite_jpeg(View jpeg, Budget& budget) {
    State state;
    if (!read_header(state, jpeg)) return refuse(Reason::input_damaged);
    Jpeg result;
    result.width = state.reader.image_width;
    result.height = state.reader.image_height;
    result.components = state.reader.num_components;
    TRY(budget.take_picture(result.width, result.height));
    if (!transcode(state)) return refuse(Reason::input_damaged);
    result.bytes.assign(state.out, state.out + state.size);
    return result;
}

} // namespace sekisho::pdf
