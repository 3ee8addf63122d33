// The checks that requests share, gathered so that every fault is named.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"

namespace stegvis::validation {

// Checks one request. What every request of a kind has (texts, `request_id`,
// `page_size`) is found by its name, so that none can forget it. One thread.
class Envelope {
 public:
  explicit Envelope(const google::protobuf::Message& request);

  // MISSING when empty, else the faults of `Parse(name)`.
  template <typename Parser>
  Envelope& Name(absl::string_view field, absl::string_view name,
                 const Parser& parse) {
    if (name.empty()) {
      faults_.Add(field, reasons::kMissing);
    } else {
      faults_.AddFrom(field, parse(name).status());
    }
    return *this;
  }

  // MISSING when empty.
  Envelope& Required(absl::string_view field, absl::string_view text);
  // MISSING when empty, DATE_INVALID unless a date.
  Envelope& Date(absl::string_view field, absl::string_view text);
  // MISSING when not `present`.
  Envelope& Present(absl::string_view field, bool present);
  Envelope& AtMost(absl::string_view field, absl::string_view text,
                   size_t bytes);
  // Any further check.
  Envelope& Also(const absl::Status& status);

  absl::Status ToStatus() const { return faults_.ToStatus(); }

 private:
  Faults faults_;
};

}  // namespace stegvis::validation
