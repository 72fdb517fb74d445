// A decoder as libheif's table of functions. Debian 12 has release 1.15, which asks by version 3 of the table; release 1.21
// asks by version 5 and takes no older one.
#pragma once

#include "sanitizer/formats/raster/heif_decoders.h"

namespace sekisho::raster {

template <heif_compression_format coding> int priority_for(heif_compression_format format) {
    return format == coding ? decoder_priority : 0;
}

// The four functions of a decoder: make one, end it, give it the whole coded picture, have the picture.
template <heif_compression_format coding, auto make, auto end, auto push, auto decode>
heif_decoder_plugin make_heif_plugin(const char* (*name)(), const char* id) {
    heif_decoder_plugin plugin{};
    plugin.plugin_api_version = 3;
    plugin.get_plugin_name = name;
    plugin.does_support_format = priority_for<coding>;
    plugin.new_decoder = make;
    plugin.free_decoder = end;
    plugin.push_data = push;
    plugin.decode_image = decode;
    plugin.set_strict_decoding = [](void*, int) {};
    plugin.id_name = id;
#if defined(heif_decoder_plugin_minimum_version)
    // The limits that libheif offers are wider than `most_coded_pixels`, which every decoder keeps to.
    plugin.plugin_api_version = 5;
    plugin.does_support_format2 = [](const heif_decoder_plugin_compressed_format_description* description) {
        return priority_for<coding>(description->format);
    };
    plugin.new_decoder2 = [](void** into, const heif_decoder_plugin_options*) { return make(into); };
    plugin.push_data2 = [](void* decoder, const void* data, std::size_t size, std::uintptr_t) {
        return push(decoder, data, size);
    };
    plugin.flush_data = [](void*) { return heif_done; };
    plugin.decode_next_image = [](void* decoder, heif_image** out, const heif_security_limits*) {
        return decode(decoder, out);
    };
    plugin.decode_next_image2 = [](void* decoder, heif_image** out, std::uintptr_t*, const heif_security_limits*) {
        return decode(decoder, out);
    };
#endif
    return plugin;
}

} // namespace sekisho::raster
