#include "services/validation/field_mask.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <array>
#include <string>

#include "services/base/errors.h"

namespace stegvis::validation {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::util::FieldMaskUtil;

constexpr absl::string_view kField = "update_mask";
constexpr std::array<absl::string_view, 4> kOutputOnly = {
    "name", "create_time", "update_time", "etag"};

bool IsOutputOnly(const std::string& path) {
  return std::find(kOutputOnly.begin(), kOutputOnly.end(), path) !=
         kOutputOnly.end();
}

}  // namespace

absl::Status CheckMask(const FieldMask& mask,
                       const google::protobuf::Descriptor& resource,
                       absl::Span<const absl::string_view> parts) {
  Faults faults;
  if (mask.paths().empty()) faults.Add(kField, reasons::kMissing);
  const bool known = std::all_of(
      mask.paths().begin(), mask.paths().end(), [&](const std::string& path) {
        return resource.FindFieldByName(path) != nullptr ||
               std::find(parts.begin(), parts.end(), path) != parts.end();
      });
  if (!known) faults.Add(kField, reasons::kUnknownField);
  return faults.ToStatus();
}

void ApplyMask(const FieldMask& mask, const google::protobuf::Message& from,
               google::protobuf::Message& onto) {
  FieldMask changeable;
  for (const std::string& path : mask.paths()) {
    if (!IsOutputOnly(path)) changeable.add_paths(path);
  }
  FieldMaskUtil::MergeOptions replacing;
  replacing.set_replace_message_fields(true);
  replacing.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(from, changeable, replacing, &onto);
}

}  // namespace stegvis::validation
