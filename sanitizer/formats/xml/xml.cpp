#include "sanitizer/formats/xml/xml.h"

#include <new>

#include "sanitizer/formats/text/text.h"
#include "sanitizer/formats/text/whole.h"
#include "sanitizer/formats/xml/rewriter.h"

namespace sekisho::xml {

namespace {

// A form feed may stand in text, not in XML; expat refuses it, and it says nothing.
void drop_form_feeds(text::Whole& whole) {
    whole.controls += std::erase(whole.text, '\f');
}

Result<Type> rewrite(Job& job) {
    constexpr std::size_t declaration_size = 256;
    Bytes first(declaration_size);
    first.resize(TRY(job.in.read_at(0, first)));
    text::Whole whole = TRY(text::read_whole(job.in, declared_encoding(first), job.context.budget()));
    if (whole.contradicted) job.context.found(Finding::html_charset, Action::rewritten);
    drop_form_feeds(whole);
    Rewriter rewriter(job.context, job.out, whole);
    TRY(rewriter.run(whole.text));
    text::note(job.context, whole);
    return Type::xml;
}

// The document itself: it must be one, or the text would be taken for a document when it comes in again.
Result<Type> write_text(Job& job) {
    MemorySink document(job.context.limits().bytes_in_memory);
    Job first{job.in, document, job.type, job.context, job.name};
    TRY(rewrite(first));
    const MemorySource source(document.bytes());
    Job second{source, job.out, Type::text, job.context, job.name};
    return text::plain(second);
}

} // namespace

std::string_view declared_encoding(View first) {
    std::string_view text = as_text(first);
    if (!text.starts_with("<?xml")) return {};
    text = text.substr(0, text.find("?>"));
    const std::size_t name = text.find("encoding");
    if (name == text.npos) return {};
    text.remove_prefix(name + 8);
    const std::size_t open = text.find_first_of("\"'");
    if (open == text.npos || text.find_first_not_of(" \t\r\n=") != open) return {};
    const std::size_t close = text.find(text[open], open + 1);
    return close == text.npos ? std::string_view() : text.substr(open + 1, close - open - 1);
}

Result<Type> rebuild(Job& job) try { return rewrite(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> text(Job& job) try { return write_text(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::xml
