// ECDSA by OpenSSL. Inside the room only.
#pragma once

#include "policy/sign/key.h"

namespace sekisho::sign {

// Whether these octets are a point of the kind's curve, not its zero.
bool is_on_curve(const KeyKindRow& kind, View point);
// Whether (r, s) is a signature of the message. The digest is the one that RFC 5656 gives to the curve.
bool verify_ecdsa(const KeyKindRow& kind, View point, View message, View r, View s);

} // namespace sekisho::sign
