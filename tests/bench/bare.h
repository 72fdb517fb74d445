// The byte work of each sample, done in this process with nothing around it.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::bench {

Bytes bare_office(const Bytes& package); // unzip, parse and serialise XML, decode and encode JPEG, zip
Bytes bare_jpeg(const Bytes& picture);   // decode, encode
Bytes bare_pdf(const Bytes& document);   // qpdf: every Flate stream inflated and deflated, the file written anew

} // namespace sekisho::bench
