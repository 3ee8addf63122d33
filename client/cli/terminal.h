// Talking with the person at the terminal.
#pragma once

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace stegvis::cli {

bool StdinIsTerminal();
bool StderrIsTerminal();

// Asks on the terminal, or reads the next line of stdin when that is none.
// Without the blanks around. Fails at the end of stdin.
absl::StatusOr<std::string> AskLine(absl::string_view question);

// The same without showing what is typed, however the program ends.
absl::StatusOr<std::string> AskSecret(absl::string_view question);

// Asks until the answer is ja or nej; fails when stdin is no terminal.
absl::StatusOr<bool> AskYesNo(absl::string_view question);

// Shows how far work has come, on stderr and only when that is a terminal;
// nothing during the first second. Thread-safe.
class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(absl::string_view text);

  // Takes the line away and writes `line` to stderr in its place.
  void Print(absl::string_view line);

  void Clear();

 private:
  void ClearLine() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const bool on_;
  const absl::Time start_;
  absl::Mutex mutex_;
  absl::Time last_ ABSL_GUARDED_BY(mutex_);
  bool shown_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace stegvis::cli
