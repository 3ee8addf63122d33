// The log: one line per event on standard error, as `key=value` pairs.
//
// A value is a number, a moment, a code of ours or a text of the program's
// source. There is no way to log a text that came from outside, so nothing a
// person typed and nothing a record holds can end here.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/base/clock.h"

namespace stegvis {

// A text that stands in the program's source: a value of any other origin does
// not compile.
class SourceText {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): literals are what it is for.
  consteval SourceText(const char* text) : text_(text) {}

  constexpr const char* Text() const { return text_; }

 private:
  const char* text_;
};

// One pair of a line. A value.
class LogField {
 public:
  LogField(SourceText key, SourceText value);
  LogField(SourceText key, int64_t value);

  static LogField Milliseconds(absl::Duration duration);
  // The name of the status code, `OK` …
  static LogField Code(const absl::Status& status);
  // Our reason, `-` when there is none. The message is left out.
  static LogField Reason(const absl::Status& status);

  const std::string& Text() const { return text_; }

 private:
  explicit LogField(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// Thread-safe.
class Log {
 public:
  // Both must outlive it.
  Log(std::ostream& out, const Clock& clock) : out_(out), clock_(clock) {}

  // Writes `time=… event=… …` and a line feed, whole.
  void Write(SourceText event, std::initializer_list<LogField> fields);

 private:
  absl::Mutex mutex_;
  std::ostream& out_ ABSL_GUARDED_BY(mutex_);
  const Clock& clock_;
};

}  // namespace stegvis
