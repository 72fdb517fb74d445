// What every stream may say about its own data.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

bool is_allowed_filter(const Object& filter) {
    return filter.isName() && (name_of(filter) == "FlateDecode" || name_of(filter) == "DCTDecode");
}

Result<> check_filter(Walk& walk, const Object& value) {
    if (is_allowed_filter(value)) return {};
    if (value.isArray() && value.arrayGetLength() == 1 && is_allowed_filter(value.arrayGetNF(0))) return {};
    return walk.no(Reason::verify_pdf_filter);
}

constexpr Key parameter_keys[] = {
    {"Predictor", integer(1, 15)}, {"Colors", integer(1, 32)},        {"BitsPerComponent", integer(1, 16)},
    {"Columns", integer(1, many)}, {"ColorTransform", integer(0, 1)},
};
constexpr Grammar parameters_grammar{"decode parameters", parameter_keys};
constexpr Rule parameters = node(parameters_grammar);
constexpr Rule parameters_or_one[] = {parameters, array(parameters, 1, 1)};

} // namespace

const Rule filter_rule = check(check_filter);
const Rule decode_parameters_rule = either(parameters_or_one);

std::span<const Key> common_stream_keys() {
    static constexpr Key keys[] = {
        {"Length", integer(0, INT32_MAX)},
        {"Filter", as(filter_rule)},
        {"DecodeParms", as(decode_parameters_rule)},
    };
    return keys;
}

} // namespace sekisho::verify
