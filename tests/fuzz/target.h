// Readers of what comes from outside, each as libFuzzer wants it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace stegvis::fuzz {

// Changes `size` bytes at `data` in its own way; the new size, `capacity` at
// most.
using Mutate = size_t (*)(uint8_t* data, size_t size, size_t capacity,
                          unsigned seed);

// `read` takes any bytes; what must not happen ends the program.
struct Target {
  absl::string_view name;
  void (*read)(absl::string_view input);
  Mutate mutate = nullptr;  // Null: libFuzzer's own.
  bool serves = false;      // By a server over TLS, whose threads outlive main.
};

std::vector<Target> ClientTargets();
std::vector<Target> DomainTargets();
std::vector<Target> RpcTargets();
std::vector<Target> SettingsTargets();
std::vector<Target> StorageTargets();

// Ends the program as a crash when a promise does not hold. `promise` says
// which; never the input.
void Expect(bool holds, absl::string_view promise);

// What every refusal owes: a reason that reasons.proto knows and is no fault
// of the program, and none of the input's own words.
void ExpectRefusal(const absl::Status& status, absl::string_view input);

// Tells libFuzzer that an input behaved in some way, by any name. Without
// instrumentation it knows nothing else.
void Notice(absl::string_view behaviour);

// Whether `reason` is one of reasons.proto, without prefix.
bool IsKnownReason(absl::string_view reason);

// A folder of this process, in memory where there is such a place. It stays
// when the program ends as a crash.
const std::string& ScratchFolder();

// A file of its own for this process that holds `content` and that nobody else
// may read; the same name every time.
std::string FileWith(absl::string_view content);

}  // namespace stegvis::fuzz
