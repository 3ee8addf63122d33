// The masks of updates: which fields to change. Whole fields, and of their
// parts only those that a request allows.
//
// Pure functions. Safe from any thread.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace stegvis::validation {

// OK when `mask` names at least one field and only fields of `resource`, or
// what stands in `parts`; else INVALID_ARGUMENT with MISSING or UNKNOWN_FIELD
// at `update_mask`. So `*`, other fields of fields, and keys and elements are
// refused.
absl::Status CheckMask(const google::protobuf::FieldMask& mask,
                       const google::protobuf::Descriptor& resource,
                       absl::Span<const absl::string_view> parts = {});

// Replaces in `onto` the fields that a checked `mask` names by those of `from`;
// what `from` lacks is cleared. The output-only fields of resources (`name`,
// `create_time`, `update_time`, `etag`) are left alone.
void ApplyMask(const google::protobuf::FieldMask& mask,
               const google::protobuf::Message& from,
               google::protobuf::Message& onto);

}  // namespace stegvis::validation
