// Whether texts are UTF-8.
//
// Pure functions. Safe from any thread.
#pragma once

#include <google/protobuf/message.h>

#include "absl/strings/string_view.h"
#include "services/base/errors.h"

namespace stegvis::validation {

// Whether `text` is UTF-8 in its shortest form, without surrogates.
bool IsUtf8(absl::string_view text);

// Adds NOT_UTF8 for each text in `message`, at any depth, that is not.
void CheckTexts(const google::protobuf::Message& message, Faults& faults);

}  // namespace stegvis::validation
