#include "services/validation/envelope.h"

#include <google/protobuf/descriptor.h>

#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/validation/utf8.h"

namespace stegvis::validation {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void CheckRequestId(const Message& request, Faults& faults) {
  const FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr) return;
  const std::string id = request.GetReflection()->GetString(request, field);
  if (!ParseUuid(id).has_value()) {
    faults.AddFrom("request_id", errors::RequestIdInvalid());
  }
}

void CheckPageSize(const Message& request, Faults& faults) {
  const FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("page_size");
  if (field == nullptr) return;
  if (request.GetReflection()->GetInt32(request, field) < 0) {
    faults.Add("page_size", reasons::kOutOfRange);
  }
}

}  // namespace

Envelope::Envelope(const Message& request) {
  CheckTexts(request, faults_);
  CheckRequestId(request, faults_);
  CheckPageSize(request, faults_);
}

Envelope& Envelope::Required(absl::string_view field, absl::string_view text) {
  return Present(field, !text.empty());
}

Envelope& Envelope::Date(absl::string_view field, absl::string_view text) {
  if (text.empty()) return Present(field, false);
  faults_.AddFrom(field, Day::Parse(text).status());
  return *this;
}

Envelope& Envelope::Present(absl::string_view field, bool present) {
  if (!present) faults_.Add(field, reasons::kMissing);
  return *this;
}

Envelope& Envelope::AtMost(absl::string_view field, absl::string_view text,
                           size_t bytes) {
  if (text.size() > bytes) faults_.Add(field, reasons::kTooLong);
  return *this;
}

Envelope& Envelope::Also(const absl::Status& status) {
  faults_.AddFrom("", status);
  return *this;
}

}  // namespace stegvis::validation
