#include "tests/sanitizer/formats/mail/seen.h"

#include <gmime/gmime.h>

namespace sekisho::tests {

namespace {

std::string text_or_empty(const char* text) {
    return text ? text : "";
}

void add_leaf(GMimeObject*, GMimeObject* part, gpointer data) {
    auto& seen = *static_cast<Seen*>(data);
    if (GMIME_IS_MULTIPART(part)) return;
    Leaf leaf;
    GMimeContentType* type = g_mime_object_get_content_type(part);
    leaf.type =
        std::string(g_mime_content_type_get_media_type(type)) + "/" + g_mime_content_type_get_media_subtype(type);
    if (GMIME_IS_PART(part)) {
        leaf.name = text_or_empty(g_mime_part_get_filename(GMIME_PART(part)));
        GMimeStream* memory = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), memory);
        GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
        leaf.content.assign(as_chars(bytes->data), bytes->len);
        g_object_unref(memory);
    }
    seen.leaves.push_back(std::move(leaf));
}

} // namespace

Seen see(View mail) {
    Seen seen;
    seen.raw = as_text(mail);
    GMimeStream* stream = g_mime_stream_mem_new_with_buffer(seen.raw.data(), seen.raw.size());
    GMimeParser* parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
    if (message) {
        seen.subject = text_or_empty(g_mime_message_get_subject(message));
        const auto list = [](InternetAddressList* addresses) {
            char* text = internet_address_list_to_string(addresses, nullptr, FALSE);
            const std::string made = text_or_empty(text);
            g_free(text);
            return made;
        };
        seen.from = list(g_mime_message_get_from(message));
        seen.to = list(g_mime_message_get_to(message));
        g_mime_message_foreach(message, add_leaf, &seen);
        if (GMimeObject* root = g_mime_message_get_mime_part(message);
            root && !GMIME_IS_MULTIPART(root) && seen.leaves.empty())
            add_leaf(nullptr, root, &seen);
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    return seen;
}

} // namespace sekisho::tests
