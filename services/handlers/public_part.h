// What everybody may see of a release: what nodes tell each other of it.
#pragma once

#include "absl/status/status.h"
#include "stegvis/v1/publication.pb.h"

namespace stegvis::handlers {

// The report and how many counts are withheld.
v1::Release PublicPartOf(const v1::Release& release);

// Whether the public parts are the same.
bool SayTheSame(const v1::Release& one, const v1::Release& other);

// INVALID_ARGUMENT with RELEASE_INVALID unless the report is made for
// publication, of the nation's `year` as a whole, and prints no small count.
// Whether small counts can be worked out of it, only its proof tells.
absl::Status CheckPublicPart(const v1::Release& release, int year);

}  // namespace stegvis::handlers
