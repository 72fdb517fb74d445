// Which way a JPEG picture goes: coefficients if it can, pixels if it must.
#include <memory>
#include <new>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/icc.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/image/jpeg_codec.h"

namespace sekisho::image {

namespace {

using Codec = std::unique_ptr<JpegCodec>;

// Of the file that was sent; in a document or archive a place is nothing that its sender chose to show.
bool keeps_place(const Context& context, const JpegSegments& segments) {
    return context.options().keep_place && !context.is_inside() && segments.exif.place;
}

Result<Codec> open_picture(Job& job) {
    auto codec = std::make_unique<JpegCodec>(job.in, job.context.budget());
    if (!codec->read_header()) return refuse(codec->reason());
    const jpeg_decompress_struct& header = codec->header();
    const int count = header.num_components;
    const bool known = header.jpeg_color_space != JCS_UNKNOWN && (count == 1 || count == 3 || count == 4);
    if (!known || header.data_precision != 8) return refuse(Reason::image_unsupported);
    if (keeps_place(job.context, codec->segments())) codec->keep_place(*codec->segments().exif.place);
    return codec;
}

// Our own copy of the profile, if it is a plain one that says more than sRGB.
Bytes profile_of(Context& context, const JpegCodec& codec) {
    if (!codec.segments().has_icc) return {};
    const auto profile = parse_profile(codec.segments().icc());
    const int components = codec.header().num_components;
    if (!profile || components != (profile->grey ? 1 : 3)) {
        context.found(Finding::image_icc, Action::removed);
        return {};
    }
    return is_srgb(*profile) ? Bytes() : write_profile(*profile);
}

void note_segments(Context& context, const JpegSegments& segments) {
    if (segments.metadata) context.found(Finding::image_metadata, Action::removed);
    const Action done = keeps_place(context, segments) ? Action::kept : Action::removed;
    if (segments.exif.gps) context.found(Finding::image_gps, done);
    if (segments.exif.thumbnail || segments.thumbnail) context.found(Finding::image_thumbnail, Action::removed);
    if (segments.comment) context.found(Finding::image_comment, Action::removed);
    if (segments.unknown) context.found(Finding::image_unknown_chunk, Action::removed);
}

void note_rest(Context& context, const JpegCodec& codec, bool damaged) {
    if (codec.bytes_behind() != 0) context.found(Finding::image_trailing_data, Action::removed);
    if (damaged)
        context.found(Finding::image_damaged, Action::rewritten);
    else if (codec.stray_bytes())
        context.found(Finding::image_unknown_chunk, Action::removed);
}

// Through pixels. The codec has read no more than the header.
Result<> encode_again(JpegCodec& codec, const Limits& limits, Turn turn, View icc) {
    const std::uint64_t coefficients = codec.needs_all_in_memory() ? codec.coefficient_bytes() : 0;
    if (coefficients > limits.bytes_in_memory) return refuse(Reason::limit_memory);
    if (!codec.start_pixels()) return refuse(codec.reason());
    if (turn.none()) {
        if (!codec.copy_pixels(icc)) return refuse(codec.reason());
        return {};
    }
    const jpeg_decompress_struct& header = codec.header();
    const std::uint64_t size =
        std::uint64_t{header.output_width} * header.output_height * static_cast<unsigned>(header.output_components);
    if (size > limits.bytes_in_memory) return refuse(Reason::limit_memory);
    Bytes pixels(size);
    if (!codec.read_pixels(pixels) || !codec.write_pixels(pixels, turn, icc)) return refuse(codec.reason());
    return {};
}

// Through coefficients. False: it has to go through pixels, from a new start.
Result<bool> transcode(JpegCodec& codec, Turn turn, View icc) {
    if (!codec.read_coefficients(turn)) return refuse(codec.reason());
    if (codec.damaged()) return false;
    if (!codec.look_at_coefficients()) return refuse(codec.reason());
    if (!codec.write_coefficients(icc)) {
        if (codec.reason() == Reason::input_damaged) return false; // a coefficient that no encoder may write
        return refuse(codec.reason());
    }
    if (!codec.finish_reading()) return refuse(codec.reason());
    return !codec.damaged();
}

Result<Type> rebuild(Job& job) {
    Context& context = job.context;
    Codec codec = TRY(open_picture(job));
    TRY(context.budget().take_picture(codec->header().image_width, codec->header().image_height));
    const Turn turn = Turn::of(codec->segments().exif.orientation);
    const Bytes icc = profile_of(context, *codec);
    const bool held = codec->coefficient_bytes() <= context.limits().bytes_in_memory;
    bool damaged = false;
    bool done = false;
    if (held && codec->fits_blocks(turn)) {
        done = TRY(transcode(*codec, turn, icc));
        damaged = !done;
        if (!done) codec = TRY(open_picture(job));
    }
    if (!done) {
        TRY(encode_again(*codec, context.limits(), turn, icc));
        if (!codec->finish_reading()) return refuse(codec->reason());
    }
    codes::look_for_codes(codec->grey(), context);
    note_segments(context, codec->segments());
    note_rest(context, *codec, damaged || codec->damaged());
    TRY(job.out.write(codec->take_output()));
    return Type::jpeg;
}

} // namespace

Result<Type> jpeg(Job& job) try { return rebuild(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::image
