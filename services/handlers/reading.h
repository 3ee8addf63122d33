// Reading a message into a value, so that what cannot be read and what the
// rules refuse are named together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/base/errors.h"

namespace stegvis::handlers {

// Puts `prefix` before the field paths of `status`; leaves an error without
// fields as it is.
absl::Status InField(absl::string_view prefix, const absl::Status& status);

// Gathers what cannot be read of a message. The reader puts something harmless
// in the value instead and goes on, and the rules then judge the whole. One
// thread.
class Reading {
 public:
  void Add(absl::string_view path, absl::string_view reason);

  // The day in `text`. MISSING or DATE_INVALID at `path` and nothing.
  std::optional<Day> Required(absl::string_view path, absl::string_view text);
  // The same, but an empty text is just nothing.
  std::optional<Day> Optional(absl::string_view path, absl::string_view text);

  // The value, or `instead` and the faults of its error at `path`.
  template <typename T>
  T OrElse(absl::string_view path, absl::StatusOr<T> value, T instead) {
    if (value.ok()) return *std::move(value);
    AddFrom(path, value.status());
    return instead;
  }

  // What could not be read together with what `rules` say: an error without
  // fields stands alone; faults that only come from what was put instead of
  // something unreadable are left out.
  absl::Status With(const absl::Status& rules) const;

 private:
  void AddFrom(absl::string_view path, const absl::Status& status);
  bool Explains(const Fault& fault) const;

  std::vector<Fault> unread_;
};

}  // namespace stegvis::handlers
